/// How busy a database is at a moment.
public struct DatabaseLoad: Sendable {
    /// Writes that wait for the one before them or, with PostgreSQL, whatever waits for a connection.
    public var waiting = 0
    /// The size of SQLite's write-ahead log.
    public var logBytes: Int?
    /// Connections to PostgreSQL that are at work.
    public var connectionsInUse: Int?
}

/// A transaction that reached the disk.
public struct Commit: Sendable {
    /// How many writes it made durable together.
    public let writes: Int
    public let duration: Duration
}
