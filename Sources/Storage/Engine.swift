internal import Foundation

/// What the two engines have in common: SQLite for one process, PostgreSQL for many.
protocol Engine: Sendable {
    /// Whether other processes may be at work on the same database.
    var isShared: Bool { get }

    /// Runs a body that only reads.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs a body in a transaction that is durable when this returns; it may run more than once.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs a body in a transaction of its own view of the data, with no other process in one of these.
    ///
    /// Blocks the thread: for start-up and commands.
    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value

    /// Overwrites what was deleted wherever the engine still has it in its files.
    func forgetDeleted() async throws

    /// Tells this database from every copy of it, and stays the same over restarts.
    func place() async throws -> String

    /// How busy it is now.
    var load: DatabaseLoad { get }

    /// Waits for what is under way and lets the database go; afterwards nothing can be asked.
    func close() async throws
}

/// One connection at work.
protocol SQLConnection {
    /// Transactions of different lanes do not wait for each other's activity.
    var lane: Int { get }

    /// Runs a statement with `?` for its values, hands over rows until told to stop, and tells how many it changed.
    ///
    /// Throws `StorageError`.
    func run(_ sql: String, _ values: [SQLValue], eachRow: (SQLRow) throws -> Bool) throws -> Int

    /// Runs a schema statement, put into the engine's own words.
    func define(_ statement: String) throws
}

/// The table that a schema statement makes append-only.
struct AppendOnly {
    let table: String
    /// Holds the moment before which rows may be removed.
    let setting: String

    init?(_ statement: String) {
        guard let match = statement.wholeMatch(of: /APPEND ONLY (\w+) BEFORE (\w+)/) else { return nil }
        table = String(match.1)
        setting = String(match.2)
    }
}

/// The columns of one row, while its statement runs.
protocol SQLColumns {
    var count: Int { get }
    func name(at index: Int) -> String
    func value(at index: Int) -> SQLValue
    func isNull(at index: Int) -> Bool
    func text(at index: Int) -> String?
    func integer(at index: Int) -> Int64?
    func blob(at index: Int) -> Data?
}

extension Engine {
    func forgetDeleted() async throws {}

    var load: DatabaseLoad { DatabaseLoad() }
}
