internal import CPostgres
internal import Foundation
public import Storage

/// A PostgreSQL server for the tests of this process; it ends with it, because its standard input does.
public final class PostgresServer: Sendable {
    /// One for all, started when the first test asks.
    public static let shared = Result { try PostgresServer() }
    /// A database with the portal's tables: to copy it is faster than to make the tables once more.
    private static let tables = Result {
        let url = try shared.get().newDatabaseURL()
        _ = try Database(DatabaseLocation(url), connections: 1)
        return url
    }

    private let url: String
    private let orders: FileHandle
    private let answers: FileHandle

    /// One of a test's own, which may be stopped and started; options are those of `postgres.py`.
    public init(_ options: String...) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("postgres.py").path
        let (input, output) = (Pipe(), Pipe())
        _ = try ChildProcess(
            "/usr/bin/env",
            ["python3", script] + options,
            input: input.fileHandleForReading,
            output: output.fileHandleForWriting
        )
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
        orders = input.fileHandleForWriting
        answers = output.fileHandleForReading
        url = try Self.line(from: answers)
    }

    /// A new empty database.
    public func newDatabase() throws -> DatabaseLocation { try DatabaseLocation(newDatabaseURL()) }

    /// A new database of the shared server, with the portal's tables and nothing in them.
    public static func newDatabaseWithTables() throws -> DatabaseLocation {
        let template = try tables.get().split(separator: "/").last
        return try DatabaseLocation(shared.get().newDatabaseURL(of: template.map(String.init)))
    }

    /// The address of a new empty database, or of a copy of one that nobody is connected to.
    public func newDatabaseURL(of template: String? = nil) throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        try execute("CREATE DATABASE \(name)" + (template.map { " TEMPLATE \($0) STRATEGY FILE_COPY" } ?? ""))
        return url.replacingOccurrences(of: "/postgres", with: "/\(name)")
    }

    /// Runs one statement as the superuser.
    public func execute(_ sql: String) throws {
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
            throw Failure(reason: String(cString: PQerrorMessage(connection)))
        }
    }

    /// As if the power failed.
    public func stop() throws { try order("stop") }

    public func start() throws { try order("start") }

    private func order(_ word: String) throws {
        try orders.write(contentsOf: Data("\(word)\n".utf8))
        _ = try Self.line(from: answers)
    }

    private static func line(from file: FileHandle) throws -> String {
        var bytes: [UInt8] = []
        while let byte = try file.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        guard !bytes.isEmpty else { throw Failure(reason: "Tests/postgres.py ended") }
        return String(decoding: bytes, as: UTF8.self)
    }

    struct Failure: Error { let reason: String }
}
