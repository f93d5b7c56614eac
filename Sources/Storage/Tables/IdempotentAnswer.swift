public import Foundation

/// The answer of a creating request that named an idempotency key, kept for a day with what it created.
public struct IdempotentAnswer: Sendable {
    public let organizationID: Organization.ID
    public let idempotencyKey: String
    /// SHA-256 of route and body.
    public let fingerprint: Data
    public let status: Int
    /// Sealed: an answer may hold a secret.
    public let body: Data
    public let createdAt: Instant

    public init(
        organizationID: Organization.ID,
        idempotencyKey: String,
        fingerprint: Data,
        status: Int,
        body: Data,
        createdAt: Instant
    ) {
        self.organizationID = organizationID
        self.idempotencyKey = idempotencyKey
        self.fingerprint = fingerprint
        self.status = status
        self.body = body
        self.createdAt = createdAt
    }

    /// Where the answer to a key is sealed.
    public static func bodyPlace(_ key: String, of organization: Organization.ID) -> SealedPlace {
        SealedPlace(organization: organization.rawValue, table: "idempotentAnswer", row: key, field: "body")
    }
}

extension Transaction {
    public func idempotentAnswer(
        _ key: String,
        of organization: Organization.ID,
        since: Instant
    ) throws -> IdempotentAnswer? {
        try first(
            """
            SELECT organizationId, idempotencyKey, fingerprint, status, body, createdAt FROM idempotentAnswer
            WHERE organizationId = ? AND idempotencyKey = ? AND createdAt > ?
            """,
            organization,
            key,
            since
        ) { row in
            IdempotentAnswer(
                organizationID: try row[0],
                idempotencyKey: try row[1],
                fingerprint: try row[2],
                status: try row[3],
                body: try row[4],
                createdAt: try row[5]
            )
        }
    }

    /// Keeps an answer, in the place of one that is too old; throws `StorageError.duplicate` for a key in use.
    public func insert(_ answer: IdempotentAnswer, replacingBefore old: Instant) throws {
        try execute(
            "DELETE FROM idempotentAnswer WHERE organizationId = ? AND idempotencyKey = ? AND createdAt <= ?",
            answer.organizationID,
            answer.idempotencyKey,
            old
        )
        try execute(
            """
            INSERT INTO idempotentAnswer (organizationId, idempotencyKey, fingerprint, status, body, createdAt)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            answer.organizationID,
            answer.idempotencyKey,
            answer.fingerprint,
            answer.status,
            answer.body,
            answer.createdAt
        )
    }
}
