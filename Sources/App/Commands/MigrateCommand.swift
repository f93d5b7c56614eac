import ArgumentParser
import Storage

/// `connect-portal migrate`: bring the schema up to date without serving.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema up to date, as every start does, and print its version."
    )

    func run() async throws {
        try await reportingFailure {
            let settings = try Settings(try await SettingSource())
            // A new database without its key file could not be started.
            if case .sqlite = settings.database { _ = try EncryptionKeys.load(settings) { print($0) } }
            let store = try Database(settings.database)
            print("schema version \(try await store.schemaVersion())")
            try await store.close()
        }
    }
}
