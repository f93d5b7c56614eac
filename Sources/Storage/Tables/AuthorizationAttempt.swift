public import Foundation

/// One trip to a provider: found again by the hash of its state, used once.
public struct AuthorizationAttempt: Sendable {
    public typealias ID = Identifier<AuthorizationAttempt>

    public let id: ID
    public let sessionID: ConnectSession.ID
    public let organizationID: Organization.ID
    /// SHA-256 of the `state`.
    public let stateHash: Data
    /// The sealed snapshot with which the code is exchanged.
    public let context: Data
    public let expiresAt: Instant
    public let consumedAt: Instant?
    public let createdAt: Instant

    public init(
        id: ID,
        sessionID: ConnectSession.ID,
        organizationID: Organization.ID,
        stateHash: Data,
        context: Data,
        expiresAt: Instant,
        consumedAt: Instant? = nil,
        createdAt: Instant
    ) {
        self.id = id
        self.sessionID = sessionID
        self.organizationID = organizationID
        self.stateHash = stateHash
        self.context = context
        self.expiresAt = expiresAt
        self.consumedAt = consumedAt
        self.createdAt = createdAt
    }

    /// Where the snapshot of an attempt is sealed.
    public static func contextPlace(_ id: ID, of organization: Organization.ID) -> SealedPlace {
        SealedPlace(
            organization: organization.rawValue,
            table: "authorizationAttempt",
            row: id.rawValue,
            field: "context"
        )
    }

    fileprivate static let columns =
        "id, sessionId, organizationId, stateHash, context, expiresAt, consumedAt, createdAt"
}

extension Transaction {
    public func authorizationAttempt(stateHash: Data) throws -> AuthorizationAttempt? {
        try first(
            "SELECT \(AuthorizationAttempt.columns) FROM authorizationAttempt WHERE stateHash = ?",
            stateHash
        ) { row in
            AuthorizationAttempt(
                id: try row[0],
                sessionID: try row[1],
                organizationID: try row[2],
                stateHash: try row[3],
                context: try row[4],
                expiresAt: try row[5],
                consumedAt: try row[6],
                createdAt: try row[7]
            )
        }
    }

    public func insert(_ attempt: AuthorizationAttempt) throws {
        try execute(
            "INSERT INTO authorizationAttempt (\(AuthorizationAttempt.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            attempt.id,
            attempt.sessionID,
            attempt.organizationID,
            attempt.stateHash,
            attempt.context,
            attempt.expiresAt,
            attempt.consumedAt,
            attempt.createdAt
        )
    }

    /// Uses an attempt up and erases its snapshot; true for exactly one of all callers, and only in time.
    public func consume(_ id: AuthorizationAttempt.ID, at now: Instant) throws -> Bool {
        try execute(
            """
            UPDATE authorizationAttempt SET consumedAt = ?, context = ?
            WHERE id = ? AND consumedAt IS NULL AND expiresAt > ?
            """,
            now,
            Data(),
            id,
            now
        ) == 1
    }

    /// Whether an attempt was used up, not before a moment, and no event says yet what became of it.
    public func isUnderWay(
        _ id: AuthorizationAttempt.ID,
        since earliest: Instant,
        until outcomes: [String]
    ) throws -> Bool {
        let marks = outcomes.map { _ in "?" }.joined(separator: ", ")
        let rows = try all(
            """
            SELECT authorizationAttempt.id FROM authorizationAttempt
            JOIN connectSession ON connectSession.id = authorizationAttempt.sessionId
            WHERE authorizationAttempt.id = ? AND consumedAt >= ? AND connectSession.status IN (?, ?)
            AND NOT EXISTS (SELECT 1 FROM sessionEvent WHERE sessionEvent.sessionId = connectSession.id
                AND sessionEvent.at >= consumedAt AND sessionEvent.type IN (\(marks)))
            """,
            values: [id, earliest, ConnectSession.Status.pending, ConnectSession.Status.connecting] + outcomes
        ) { try $0[0] as AuthorizationAttempt.ID }
        return !rows.isEmpty
    }
}
