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
            let store = try Database(settings.database)
            print("schema version \(try await store.schemaVersion())")
            try await store.close()
        }
    }
}
