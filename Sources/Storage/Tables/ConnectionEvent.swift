public import StrictJSON

/// A turn in the life of a connection.
public struct ConnectionEvent: Sendable {
    public typealias ID = Identifier<ConnectionEvent>

    public let id: ID
    public let connectionID: Connection.ID
    public let at: Instant
    public let type: String
    public let detail: JSON

    public init(id: ID, connectionID: Connection.ID, at: Instant, type: String, detail: JSON) {
        self.id = id
        self.connectionID = connectionID
        self.at = at
        self.type = type
        self.detail = detail
    }
}

extension Transaction {
    public func insert(_ event: ConnectionEvent) throws {
        try execute(
            "INSERT INTO connectionEvent (id, connectionId, at, type, detail) VALUES (?, ?, ?, ?, ?)",
            event.id,
            event.connectionID,
            event.at,
            event.type,
            event.detail
        )
    }

    /// The latest, in the order in which they happened.
    public func events(of connection: Connection.ID, limit: Int) throws -> [ConnectionEvent] {
        try all(
            """
            SELECT id, connectionId, at, type, detail FROM connectionEvent WHERE connectionId = ?
            ORDER BY id DESC LIMIT ?
            """,
            values: [connection, Int64(limit)]
        ) { row in
            ConnectionEvent(
                id: try row[0],
                connectionID: try row[1],
                at: try row[2],
                type: try row[3],
                detail: try row[4]
            )
        }.reversed()
    }
}
