internal import Foundation

/// The store: reads, and writes that are durable before they answer.
public final class Database: Sendable {
    private let engine: SQLiteEngine

    /// Opens the file, making it and its directory on first use, and brings its schema up to date.
    ///
    /// The file belongs to one process at a time. Throws `DatabaseOpenError` with a sentence for the operator.
    public init(path: String) throws {
        engine = try SQLiteEngine(path: path)
        try Migrations.run(on: engine)
    }

    /// Reads, at once and on the calling thread: for statements that touch a few index pages.
    public func read<Value>(_ body: (Transaction) throws -> Value) async throws -> Value {
        try engine.read(body)
    }

    /// Writes; when it returns, the change is on disk.
    ///
    /// Nothing of a body that throws remains. Concurrent writes share one commit and one fsync. The body must not wait for anything.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await engine.commits.write(body)
    }

    /// Whether a write would succeed now.
    public func checkWritable() async throws {
        try await write { transaction in
            _ = try transaction.execute("UPDATE setting SET value = value WHERE name = ?", Setting.schemaVersion)
        }
    }

    /// Ends all work and lets the file go.
    public func close() throws { try engine.close() }
}
