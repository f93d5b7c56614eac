import ArgumentParser
import Storage

/// `connect-portal backup PATH`: a consistent copy of the SQLite file, whether or not the server runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the SQLite database to a new file, also while the server runs.",
        discussion: "The encryption keys are not in it: keep a copy of them in another place."
    )

    @Argument(help: "The file to write; it must not exist.") var path: String

    func run() async throws {
        try await reportingFailure {
            guard case .sqlite(let database) = try Settings(try await SettingSource()).database else {
                throw Failure.failed("backup is for SQLite: PostgreSQL has its own tools, such as pg_dump")
            }
            try SQLiteBackup.write(from: database, to: path)
            print("wrote \(path)")
        }
    }
}
