import ArgumentParser
import Foundation
import Storage

/// `connect-portal copy --from URL --to URL`: move everything to an empty database, perhaps of the other engine.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy everything to an empty database, of either engine, and compare both row by row.",
        discussion: "Stop the servers first. The encryption keys stay the same: set PORTAL_ENCRYPTION_KEYS to them."
    )

    @Option(help: "Where the data is: sqlite:PATH or postgres://…") var from: String
    @Option(help: "Where it is to go, likewise.") var to: String

    func run() async throws {
        try await reportingFailure {
            let source = try existing(try location(from, "--from"))
            let target = try Database(try location(to, "--to"))
            for table in try source.copy(to: target) { print("\(table.name)  \(table.rows) rows, verified") }
            try await target.close()
            try await source.close()
        }
    }

    private func location(_ text: String, _ option: String) throws -> DatabaseLocation {
        do { return try DatabaseLocation(text) } catch { throw Failure.configuration("\(option) \(error)") }
    }

    /// Opening would make a file that is not there.
    private func existing(_ location: DatabaseLocation) throws -> Database {
        if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
            throw Failure.failed("there is no database \(path)")
        }
        return try Database(location)
    }
}
