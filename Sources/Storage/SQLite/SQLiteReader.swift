internal import Foundation
internal import GRDB

/// SQLite for looking only: without the lock, so also beside the process that writes.
final class SQLiteReader: Engine {
    /// Somebody else may be writing.
    let isShared = true
    private let reader: DatabaseQueue

    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DatabaseOpenError(path: path, reason: "there is no such file")
        }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        do {
            reader = try DatabaseQueue(path: path, configuration: configuration)
            // SQLite opens anything, and finds out when it reads.
            _ = try reader.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_schema") }
        } catch {
            throw DatabaseOpenError(path: path, reason: (error as? DatabaseError)?.message ?? "\(error)")
        }
    }

    /// An empty database in memory.
    init() throws {
        reader = try DatabaseQueue()
        try reader.write { try Migrations.run(in: Transaction(connection: SQLiteConnection(database: $0))) }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try translatingErrors {
            try reader.unsafeRead { try body(Transaction(connection: SQLiteConnection(database: $0))) }
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        throw ReadOnlyEngine.refusal
    }

    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value { throw ReadOnlyEngine.refusal }

    func place() async throws -> String { throw ReadOnlyEngine.refusal }

    func close() async throws { try reader.close() }
}
