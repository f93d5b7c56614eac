internal import Foundation

/// The store: reads, and writes that are durable before they answer.
public final class Database: Sendable {
    private let engine: any Engine
    private let writeCheck = WriteCheck()
    /// The copy that was made before the schema changed, with which an older version of the program can go on.
    public let copyOfOldSchema: String?

    /// Whether other processes may be at work on the same data, so that nothing read may be remembered as true.
    public var isShared: Bool { engine.isShared }

    /// How busy it is now.
    public var load: DatabaseLoad { engine.load }

    /// Opens a database, making a file and its directory on first use, and brings its schema up to date.
    ///
    /// Throws `DatabaseOpenError` or `SchemaTooNewError` with a sentence for the operator, and for a file that another
    /// process has open `DatabaseInUseError`. `connections` bounds those to a PostgreSQL server; `whenDiskFails` gets a
    /// sentence for the operator when an SQLite file takes no more writes before a restart; `observe` hears of every
    /// commit. `atEndOfTurn` runs a closure on the thread that asks once its event loop has done what it has at hand, and
    /// tells whether the thread has such a loop: what is read until then is read as of one moment.
    public init(
        _ location: DatabaseLocation,
        connections: Int = 10,
        whenDiskFails tell: @escaping @Sendable (String) -> Void = { _ in },
        observe: @escaping @Sendable (Commit) -> Void = { _ in },
        atEndOfTurn: @escaping @Sendable (@escaping @Sendable () -> Void) -> Bool = { _ in false }
    ) throws {
        engine =
            switch location {
            case .sqlite(let path):
                try SQLiteEngine(path: path, whenDiskFails: tell, observe: observe, atEndOfTurn: atEndOfTurn)
            case .postgres(let address): try PostgresEngine(address, connections: connections, observe: observe)
            }
        copyOfOldSchema = try Self.keepOldSchema(of: engine, at: location)
        try engine.alone { try Migrations.run(in: $0) }
    }

    /// Opens a database to look at it, also beside a running server: nothing is made, migrated or locked, and no write
    /// succeeds.
    ///
    /// Throws `DatabaseOpenError`, also where there is no such file.
    public init(reading location: DatabaseLocation) throws {
        engine =
            switch location {
            case .sqlite(let path): try SQLiteReader(path: path)
            case .postgres(let address): ReadOnlyEngine(base: try PostgresEngine(address, connections: 1) { _ in })
            }
        copyOfOldSchema = nil
    }

    private init(_ engine: any Engine) {
        self.engine = engine
        copyOfOldSchema = nil
    }

    /// A step cannot be undone; PostgreSQL's operators have backups of their own.
    private static func keepOldSchema(of engine: any Engine, at location: DatabaseLocation) throws -> String? {
        guard case .sqlite(let path) = location else { return nil }
        let version = try engine.alone { try Migrations.version(in: $0) }
        let copy = "\(path).schema-\(version)"
        guard (1..<currentSchemaVersion).contains(version), !FileManager.default.fileExists(atPath: copy) else {
            return nil
        }
        try SQLiteBackup.write(from: path, to: copy)
        return copy
    }

    /// An empty database to read, for commands that can do without one.
    public static func empty() throws -> Database { Database(try SQLiteReader()) }

    /// The version of the schema to which opening brings a database.
    public static var currentSchemaVersion: Int { Migrations.steps.count }

    /// Reads; for statements that touch a few index pages.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await engine.read(body)
    }

    /// Writes; when it returns, the change is on disk.
    ///
    /// Nothing of a body that throws remains. The body must not wait for anything, and may run more than once: where
    /// other transactions were in its way, or the connection was lost before the end.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        do { return try await engine.write(body) } catch {
            if case .unavailable? = error as? StorageError { writeCheck.fail() }
            throw error
        }
    }

    /// Reads or writes with no migration and no copy beside it; blocks the thread.
    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value { try engine.alone(body) }

    /// The version of the schema.
    public func schemaVersion() async throws -> Int {
        try await read { try $0.setting(Setting.schemaVersion).flatMap(Int.init) ?? 0 }
    }

    /// Whether a write would reach the disk now, as one did within the last second.
    public func checkWritable() async throws {
        try await writeCheck.run {
            // Another value each time: SQLite writes nothing where the bytes stay the same.
            let value = String(UInt64.random(in: 0...(.max)))
            try await engine.write { try $0.set(Setting.writeCheck, to: value) }
        }
    }

    /// Overwrites what was deleted wherever this engine still has it in its files; PostgreSQL does so in its own time.
    public func forgetDeleted() async throws { try await engine.forgetDeleted() }

    /// Tells this database from every copy of it.
    public func place() async throws -> String { try await engine.place() }

    /// Waits for what is under way and lets the database go; afterwards nothing can be asked.
    public func close() async throws { try await engine.close() }
}
