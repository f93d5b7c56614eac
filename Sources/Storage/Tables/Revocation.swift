public import Foundation

/// Tokens of a connection that is gone, sealed as they were, until their provider has ended them.
public struct Revocation: Sendable {
    public let connectionID: Connection.ID
    public let credentialVersion: Int
    public let organizationID: Organization.ID
    public let integrationName: String
    public let authMethodKey: String
    public let oauthAppID: String?
    public let accountID: String?
    /// Sealed at the place of the connection's credentials of this version.
    public let credentials: Data
    public let failures: Int
    public let createdAt: Instant

    /// Tokens of what never became a connection; `connectionID` is made up.
    public init(
        connectionID: Connection.ID,
        credentialVersion: Int,
        organizationID: Organization.ID,
        integrationName: String,
        authMethodKey: String,
        oauthAppID: String?,
        accountID: String?,
        credentials: Data,
        createdAt: Instant
    ) {
        self.connectionID = connectionID
        self.credentialVersion = credentialVersion
        self.organizationID = organizationID
        self.integrationName = integrationName
        self.authMethodKey = authMethodKey
        self.oauthAppID = oauthAppID
        self.accountID = accountID
        self.credentials = credentials
        failures = 0
        self.createdAt = createdAt
    }

    /// Tokens that came when their connection had others already, or was gone.
    public init(of connection: Connection, credentials: Data, version: Int, at now: Instant) {
        self.init(
            connectionID: connection.id,
            credentialVersion: version,
            organizationID: connection.organizationID,
            integrationName: connection.integrationName,
            authMethodKey: connection.authMethodKey,
            oauthAppID: connection.oauthAppID,
            accountID: connection.accountID,
            credentials: credentials,
            createdAt: now
        )
    }

    fileprivate static let kept = """
        organizationId, integrationName, authMethodKey, oauthAppId, accountId, credentials
        """

    fileprivate static let columns = "connectionId, credentialVersion, \(kept), failures, createdAt"

    fileprivate init(_ row: SQLRow) throws {
        connectionID = try row[0]
        credentialVersion = try row[1]
        organizationID = try row[2]
        integrationName = try row[3]
        authMethodKey = try row[4]
        oauthAppID = try row[5]
        accountID = try row[6]
        credentials = try row[7]
        failures = try row[8]
        createdAt = try row[9]
    }
}

/// What is removed together with its connections.
public enum ConnectionOwner: Sendable {
    case connection(Connection.ID)
    case endUser(EndUser.ID)
    case workspace(Workspace.ID)

    fileprivate var condition: (column: String, value: any SQLBindable) {
        switch self {
        case .connection(let id): ("id", id)
        case .endUser(let id): ("endUserId", id)
        case .workspace(let id): ("workspaceId", id)
        }
    }
}

extension Transaction {
    public func insert(_ revocation: Revocation) throws {
        try execute(
            "INSERT INTO revocation (\(Revocation.columns), dueAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            revocation.connectionID,
            revocation.credentialVersion,
            revocation.organizationID,
            revocation.integrationName,
            revocation.authMethodKey,
            revocation.oauthAppID,
            revocation.accountID,
            revocation.credentials,
            revocation.failures,
            revocation.createdAt,
            revocation.createdAt
        )
    }

    /// Keeps the grants of connections that are about to be removed, where `isRevocable` says so of the integration and
    /// its way of connecting.
    public func keepForRevocation(
        _ owner: ConnectionOwner,
        of organization: Organization.ID,
        at now: Instant,
        where isRevocable: (_ integration: String, _ method: String) -> Bool
    ) throws {
        let (column, value) = owner.condition
        let theirs = "FROM connection WHERE organizationId = ? AND \(column) = ? AND type IN (?, ?)"
        let values: [any SQLBindable] = [organization, value, Connection.Kind.oauth2, Connection.Kind.platformOAuth2]
        let ways = try all("SELECT DISTINCT integrationName, authMethodKey \(theirs)", values: values) { row in
            (integration: try row[0] as String, method: try row[1] as String)
        }
        for way in ways where isRevocable(way.integration, way.method) {
            try execute(
                """
                INSERT INTO revocation (\(Revocation.columns), dueAt)
                    SELECT id, credentialVersion, \(Revocation.kept), 0, ?, ? \(theirs)
                    AND integrationName = ? AND authMethodKey = ?
                """,
                values: [now, now] + values + [way.integration, way.method]
            )
        }
    }

    public func dueRevocations(at now: Instant, limit: Int) throws -> [Revocation] {
        try all(
            "SELECT \(Revocation.columns) FROM revocation WHERE dueAt <= ? ORDER BY dueAt, connectionId LIMIT ?",
            values: [now, Int64(limit)],
            as: Revocation.init
        )
    }

    /// Takes one for an attempt, during which nobody else does, or plans the next; true for exactly one of all who try.
    public func postpone(_ revocation: Revocation, from now: Instant, to due: Instant, failures: Int) throws -> Bool {
        try execute(
            """
            UPDATE revocation SET dueAt = ?, failures = ?
            WHERE connectionId = ? AND credentialVersion = ? AND dueAt <= ?
            """,
            due,
            failures,
            revocation.connectionID,
            revocation.credentialVersion,
            now
        ) == 1
    }

    public func delete(_ revocation: Revocation) throws {
        try execute(
            "DELETE FROM revocation WHERE connectionId = ? AND credentialVersion = ?",
            revocation.connectionID,
            revocation.credentialVersion
        )
    }

    /// Whether another connection is of the same account by the same OAuth app: many providers keep one grant for both.
    public func isAccountConnected(_ revocation: Revocation) throws -> Bool {
        guard let account = revocation.accountID else { return false }
        return try first(
            """
            SELECT 1 FROM connection
            WHERE integrationName = ? AND accountId = ? AND COALESCE(oauthAppId, '') = ? LIMIT 1
            """,
            revocation.integrationName,
            account,
            revocation.oauthAppID ?? ""
        ) { try $0[0] as Int } != nil
    }
}
