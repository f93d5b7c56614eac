public import StrictJSON

/// One thing that happened to a connect session.
public struct SessionEvent: Sendable {
    public typealias ID = Identifier<SessionEvent>

    public let id: ID
    public let sessionID: ConnectSession.ID
    public let at: Instant
    public let type: String
    public let detail: JSON

    public init(id: ID, sessionID: ConnectSession.ID, at: Instant, type: String, detail: JSON) {
        self.id = id
        self.sessionID = sessionID
        self.at = at
        self.type = type
        self.detail = detail
    }
}

extension Transaction {
    public func insert(_ event: SessionEvent) throws {
        try execute(
            "INSERT INTO sessionEvent (id, sessionId, at, type, detail) VALUES (?, ?, ?, ?, ?)",
            event.id,
            event.sessionID,
            event.at,
            event.type,
            event.detail
        )
    }

    /// In the order in which they happened.
    public func events(of session: ConnectSession.ID) throws -> [SessionEvent] {
        try all("SELECT id, sessionId, at, type, detail FROM sessionEvent WHERE sessionId = ? ORDER BY id", session) {
            row in
            SessionEvent(id: try row[0], sessionID: try row[1], at: try row[2], type: try row[3], detail: try row[4])
        }
    }
}
