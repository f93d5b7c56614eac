public import Foundation

/// Renewed credentials of a connection.
public struct RenewedCredentials: Sendable {
    public var credentials: Data
    /// One more than those they replace.
    public var version: Int
    public var grantedScopes: [String]
    public var expiresAt: Instant?

    public init(credentials: Data, version: Int, grantedScopes: [String], expiresAt: Instant?) {
        self.credentials = credentials
        self.version = version
        self.grantedScopes = grantedScopes
        self.expiresAt = expiresAt
    }
}

extension Transaction {
    /// Puts renewed credentials in the place of those they were made from; false where these are no longer there.
    public func renew(
        _ id: Connection.ID,
        of organization: Organization.ID,
        with renewed: RenewedCredentials,
        at now: Instant
    ) throws -> Bool {
        try execute(
            """
            UPDATE connection SET credentials = ?, credentialVersion = ?, grantedScopes = ?, expiresAt = ?,
                lastRefreshedAt = ?, status = ?, statusReason = NULL, updatedAt = ?
            WHERE organizationId = ? AND id = ? AND credentialVersion = ?
            """,
            renewed.credentials,
            renewed.version,
            renewed.grantedScopes,
            renewed.expiresAt,
            now,
            Connection.Status.active,
            now,
            organization,
            id,
            renewed.version - 1
        ) == 1
    }

    /// Marks a connection whose credentials do not work, as long as it has those; false where it says so already.
    public func flag(_ connection: Connection, as reason: Connection.Reason, at now: Instant) throws -> Bool {
        try execute(
            """
            UPDATE connection SET status = ?, statusReason = ?, updatedAt = ?
            WHERE organizationId = ? AND id = ? AND credentialVersion = ? AND COALESCE(statusReason, '') <> ?
            """,
            Connection.Status.error,
            reason,
            now,
            connection.organizationID,
            connection.id,
            connection.credentialVersion,
            reason
        ) == 1
    }
}
