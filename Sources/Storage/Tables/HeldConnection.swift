public import Foundation

/// What a session found at the provider, sealed, while somebody has to decide about it.
public struct HeldConnection: Sendable {
    public let sessionID: ConnectSession.ID
    public let organizationID: Organization.ID
    /// The sealed find.
    public let found: Data
    /// Whose account it is, where the provider told.
    public let accountLabel: String?
    public let expiresAt: Instant
    public let createdAt: Instant

    public init(
        sessionID: ConnectSession.ID,
        organizationID: Organization.ID,
        found: Data,
        accountLabel: String?,
        expiresAt: Instant,
        createdAt: Instant
    ) {
        self.sessionID = sessionID
        self.organizationID = organizationID
        self.found = found
        self.accountLabel = accountLabel
        self.expiresAt = expiresAt
        self.createdAt = createdAt
    }

    /// Where the find of a session is sealed.
    public static func foundPlace(_ session: ConnectSession.ID, of organization: Organization.ID) -> SealedPlace {
        SealedPlace(
            organization: organization.rawValue,
            table: "heldConnection",
            row: session.rawValue,
            field: "found"
        )
    }

    fileprivate static let columns = "sessionId, organizationId, found, accountLabel, expiresAt, createdAt"

    fileprivate init(_ row: SQLRow) throws {
        sessionID = try row[0]
        organizationID = try row[1]
        found = try row[2]
        accountLabel = try row[3]
        expiresAt = try row[4]
        createdAt = try row[5]
    }
}

extension Transaction {
    public func heldConnection(of session: ConnectSession.ID) throws -> HeldConnection? {
        try first(
            "SELECT \(HeldConnection.columns) FROM heldConnection WHERE sessionId = ?",
            session,
            as: HeldConnection.init
        )
    }

    /// Keeps a find, in place of an earlier one, for somebody's decision; false where the session has ended.
    public func hold(_ held: HeldConnection, for decider: ConnectSession.Decider) throws -> Bool {
        let isOpen = try execute(
            """
            UPDATE connectSession SET awaiting = ?, awaitingUntil = ?, error = NULL, errorCode = NULL
            WHERE id = ? AND status IN (?, ?)
            """,
            decider,
            held.expiresAt,
            held.sessionID,
            ConnectSession.Status.pending,
            ConnectSession.Status.connecting
        )
        guard isOpen == 1 else { return false }
        try execute("DELETE FROM heldConnection WHERE sessionId = ?", held.sessionID)
        try execute(
            "INSERT INTO heldConnection (\(HeldConnection.columns)) VALUES (?, ?, ?, ?, ?, ?)",
            held.sessionID,
            held.organizationID,
            held.found,
            held.accountLabel,
            held.expiresAt,
            held.createdAt
        )
        return true
    }

    /// Ends the wait, and the find with it; true for exactly one of all who decide.
    public func release(_ held: HeldConnection) throws -> Bool {
        try execute(
            "UPDATE connectSession SET awaiting = NULL, awaitingUntil = NULL WHERE id = ?",
            held.sessionID
        )
        return try execute(
            "DELETE FROM heldConnection WHERE sessionId = ? AND createdAt = ?",
            held.sessionID,
            held.createdAt
        ) == 1
    }

    /// The finds that nobody will decide about any more: their time or their session has ended.
    public func abandonedConnections(at now: Instant, limit: Int) throws -> [HeldConnection] {
        try all(
            """
            SELECT \(HeldConnection.columns) FROM heldConnection
            WHERE expiresAt <= ? OR sessionId IN (SELECT id FROM connectSession WHERE status IN (?, ?))
            ORDER BY expiresAt, sessionId LIMIT ?
            """,
            values: [now, ConnectSession.Status.completed, ConnectSession.Status.failed, Int64(limit)],
            as: HeldConnection.init
        )
    }
}
