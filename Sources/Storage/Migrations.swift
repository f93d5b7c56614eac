/// The schema, as the steps that lead to it; a step that was released is never changed.
///
/// Written in the types TEXT, BIGINT and BLOB: ids and JSON are TEXT, moments BIGINT milliseconds. The engine turns the
/// words into its own.
enum Migrations {
    static let steps: [[String]] = [firstConnection, wholeAPI, manyProcesses, hostedConnect, everyProvider, liveTokens]

    /// Brings the schema to this version; refuses one that a newer version made.
    static func run(in transaction: Transaction) throws {
        try transaction.connection.define(
            "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"
        )
        let version = try transaction.setting(Setting.schemaVersion).flatMap(Int.init) ?? 0
        guard version <= steps.count else { throw SchemaTooNewError(found: version, known: steps.count) }
        guard version < steps.count else { return }
        for step in steps.dropFirst(version) {
            for statement in step { try transaction.connection.define(statement) }
        }
        try transaction.set(Setting.schemaVersion, to: String(steps.count))
    }

    private static let liveTokens = [
        """
        CREATE TABLE renewal (
            connectionId TEXT PRIMARY KEY NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
            organizationId TEXT NOT NULL,
            integrationName TEXT NOT NULL,
            dueAt BIGINT,
            plannedAt BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            lastError TEXT,
            sentVersion BIGINT,
            holder TEXT,
            heldUntil BIGINT
        )
        """,
        "CREATE INDEX renewalByDue ON renewal (integrationName, dueAt, connectionId)",
        """
        INSERT INTO renewal (connectionId, organizationId, integrationName, dueAt, plannedAt, failures)
            SELECT id, organizationId, integrationName, expiresAt, updatedAt, 0 FROM connection
            WHERE expiresAt IS NOT NULL
        """,
        """
        CREATE TABLE revocation (
            connectionId TEXT NOT NULL,
            credentialVersion BIGINT NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            integrationName TEXT NOT NULL,
            authMethodKey TEXT NOT NULL,
            oauthAppId TEXT,
            accountId TEXT,
            credentials BLOB NOT NULL,
            failures BIGINT NOT NULL,
            dueAt BIGINT NOT NULL,
            createdAt BIGINT NOT NULL,
            PRIMARY KEY (connectionId, credentialVersion)
        )
        """,
        "CREATE INDEX revocationByDue ON revocation (dueAt, connectionId)",
        "CREATE INDEX connectionByAccount ON connection (integrationName, accountId)",
        """
        CREATE TABLE connectionEvent (
            id TEXT PRIMARY KEY NOT NULL,
            connectionId TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
            at BIGINT NOT NULL,
            type TEXT NOT NULL,
            detail TEXT NOT NULL
        )
        """,
        "CREATE INDEX connectionEventByConnection ON connectionEvent (connectionId, id)",
        "CREATE TABLE home (one BIGINT PRIMARY KEY NOT NULL, place TEXT NOT NULL, isPaused BIGINT NOT NULL)",
    ]

    private static let everyProvider = [
        """
        CREATE TABLE issuer (
            issuer TEXT PRIMARY KEY NOT NULL,
            metadata TEXT NOT NULL,
            proposal TEXT,
            checkedAt BIGINT NOT NULL
        )
        """,
        "CREATE TABLE keySet (address TEXT PRIMARY KEY NOT NULL, keys TEXT NOT NULL, fetchedAt BIGINT NOT NULL)",
    ]

    private static let hostedConnect =
        branding + [
            "ALTER TABLE connectSession ADD COLUMN needsConfirmation BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE connectSession ADD COLUMN awaiting TEXT",
            "ALTER TABLE connectSession ADD COLUMN awaitingUntil BIGINT",
            """
            CREATE TABLE heldConnection (
                sessionId TEXT PRIMARY KEY NOT NULL REFERENCES connectSession (id) ON DELETE CASCADE,
                organizationId TEXT NOT NULL,
                found BLOB NOT NULL,
                accountLabel TEXT,
                expiresAt BIGINT NOT NULL,
                createdAt BIGINT NOT NULL
            )
            """,
        ]

    private static let branding = [
        """
        CREATE TABLE branding (
            workspaceId TEXT PRIMARY KEY NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
            appName TEXT,
            color TEXT,
            supportUrl TEXT,
            termsUrl TEXT,
            privacyUrl TEXT,
            logoName TEXT UNIQUE,
            logo BLOB
        )
        """
    ]

    private static let manyProcesses = [
        "CREATE TABLE lease (name TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, endsAt BIGINT NOT NULL)",
        "CREATE TABLE rateUse (name TEXT PRIMARY KEY NOT NULL, used BIGINT NOT NULL, updatedAt BIGINT NOT NULL)",
        """
        INSERT INTO setting (name, value)
            SELECT 'defaultOrganization', id FROM organization ORDER BY createdAt, id LIMIT 1
        """,
        "CREATE INDEX authorizationAttemptByExpiry ON authorizationAttempt (expiresAt)",
        "CREATE INDEX rateUseByAge ON rateUse (updatedAt)",
    ]

    private static let wholeAPI = [
        """
        CREATE TABLE workspaceIntegration (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            workspaceId TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
            integrationName TEXT NOT NULL,
            alias TEXT NOT NULL,
            connectionStrategy TEXT NOT NULL,
            authMethodKey TEXT,
            oauthAppMode TEXT,
            oauthAppId TEXT,
            connectionId TEXT REFERENCES connection (id) ON DELETE SET NULL,
            displayName TEXT,
            enabledActions TEXT,
            settings TEXT NOT NULL,
            sortOrder BIGINT NOT NULL,
            createdAt BIGINT NOT NULL,
            updatedAt BIGINT NOT NULL,
            UNIQUE (workspaceId, alias)
        )
        """,
        "CREATE INDEX workspaceIntegrationByName ON workspaceIntegration (workspaceId, integrationName)",
        "CREATE INDEX workspaceIntegrationByConnection ON workspaceIntegration (connectionId)",
        """
        CREATE TABLE idempotentAnswer (
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            idempotencyKey TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            status BIGINT NOT NULL,
            body BLOB NOT NULL,
            createdAt BIGINT NOT NULL,
            PRIMARY KEY (organizationId, idempotencyKey)
        )
        """,
        "CREATE INDEX idempotentAnswerByAge ON idempotentAnswer (createdAt)",
        "CREATE INDEX workspaceByAge ON workspace (organizationId, createdAt DESC, id)",
        "CREATE INDEX endUserByAge ON endUser (workspaceId, createdAt DESC, id)",
        "CREATE INDEX connectionByIntegration ON connection (organizationId, integrationName, createdAt DESC, id)",
        "CREATE INDEX connectionByScope ON connection (organizationId, integrationName, scope, workspaceId)",
        "CREATE INDEX connectionByExternalIdAlone ON connection (organizationId, externalId, createdAt DESC, id)",
    ]

    private static let firstConnection = [
        """
        CREATE TABLE organization (
            id TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            createdAt BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE apiKey (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            keyPrefix TEXT NOT NULL,
            hash BLOB NOT NULL UNIQUE,
            permissions TEXT,
            lastUsedAt BIGINT,
            expiresAt BIGINT,
            createdAt BIGINT NOT NULL
        )
        """,
        "CREATE INDEX apiKeyByOrganization ON apiKey (organizationId, createdAt DESC, id)",
        """
        CREATE TABLE workspace (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            slug TEXT NOT NULL,
            createdAt BIGINT NOT NULL,
            updatedAt BIGINT NOT NULL,
            UNIQUE (organizationId, slug)
        )
        """,
        """
        CREATE TABLE endUser (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            workspaceId TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
            externalId TEXT NOT NULL,
            displayName TEXT,
            email TEXT,
            metadata TEXT NOT NULL,
            createdAt BIGINT NOT NULL,
            updatedAt BIGINT NOT NULL,
            UNIQUE (workspaceId, externalId)
        )
        """,
        """
        CREATE TABLE oauthApp (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            integrationName TEXT NOT NULL,
            displayName TEXT NOT NULL,
            clientId TEXT NOT NULL,
            clientSecret BLOB,
            scopes TEXT,
            authorizationUrl TEXT,
            tokenUrl TEXT,
            extraParams TEXT NOT NULL,
            createdAt BIGINT NOT NULL,
            updatedAt BIGINT NOT NULL
        )
        """,
        "CREATE INDEX oauthAppByIntegration ON oauthApp (organizationId, integrationName, createdAt DESC, id)",
        """
        CREATE TABLE connection (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            workspaceId TEXT REFERENCES workspace (id) ON DELETE CASCADE,
            endUserId TEXT REFERENCES endUser (id) ON DELETE CASCADE,
            externalId TEXT NOT NULL,
            displayName TEXT NOT NULL,
            integrationName TEXT NOT NULL,
            authMethodKey TEXT NOT NULL,
            type TEXT NOT NULL,
            status TEXT NOT NULL,
            statusReason TEXT,
            scope TEXT NOT NULL,
            accountId TEXT,
            accountLabel TEXT,
            grantedScopes TEXT NOT NULL,
            credentials BLOB NOT NULL,
            credentialVersion BIGINT NOT NULL,
            oauthAppId TEXT,
            expiresAt BIGINT,
            lastRefreshedAt BIGINT,
            createdAt BIGINT NOT NULL,
            updatedAt BIGINT NOT NULL
        )
        """,
        """
        CREATE UNIQUE INDEX connectionByExternalId
            ON connection (organizationId, integrationName, externalId, COALESCE(workspaceId, ''))
        """,
        "CREATE INDEX connectionByAge ON connection (organizationId, createdAt DESC, id)",
        "CREATE INDEX connectionByEndUser ON connection (endUserId, integrationName, organizationId)",
        "CREATE INDEX connectionByWorkspace ON connection (workspaceId, createdAt DESC, id)",
        """
        CREATE TABLE connectSession (
            id TEXT PRIMARY KEY NOT NULL,
            organizationId TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            workspaceId TEXT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
            workspaceIntegrationId TEXT,
            integrationName TEXT NOT NULL,
            authMethodKey TEXT,
            oauthAppMode TEXT,
            oauthAppId TEXT,
            connectionName TEXT NOT NULL,
            externalId TEXT NOT NULL,
            endUserExternalId TEXT,
            scope TEXT NOT NULL,
            successRedirectUri TEXT,
            errorRedirectUri TEXT,
            allowedOrigins TEXT NOT NULL,
            scopes TEXT,
            locale TEXT,
            metadata TEXT NOT NULL,
            reconnectId TEXT,
            status TEXT NOT NULL,
            connectionId TEXT,
            error TEXT,
            errorCode TEXT,
            browserHash BLOB,
            openerOrigin TEXT,
            isPopup BIGINT NOT NULL,
            expiresAt BIGINT NOT NULL,
            endedAt BIGINT,
            createdAt BIGINT NOT NULL
        )
        """,
        "CREATE INDEX connectSessionByAge ON connectSession (organizationId, createdAt DESC, id)",
        "CREATE INDEX connectSessionByWorkspace ON connectSession (workspaceId)",
        """
        CREATE TABLE sessionEvent (
            id TEXT PRIMARY KEY NOT NULL,
            sessionId TEXT NOT NULL REFERENCES connectSession (id) ON DELETE CASCADE,
            at BIGINT NOT NULL,
            type TEXT NOT NULL,
            detail TEXT NOT NULL
        )
        """,
        "CREATE INDEX sessionEventBySession ON sessionEvent (sessionId, id)",
        """
        CREATE TABLE authorizationAttempt (
            id TEXT PRIMARY KEY NOT NULL,
            sessionId TEXT NOT NULL REFERENCES connectSession (id) ON DELETE CASCADE,
            organizationId TEXT NOT NULL,
            stateHash BLOB NOT NULL UNIQUE,
            context BLOB NOT NULL,
            expiresAt BIGINT NOT NULL,
            consumedAt BIGINT,
            createdAt BIGINT NOT NULL
        )
        """,
        "CREATE INDEX authorizationAttemptBySession ON authorizationAttempt (sessionId)",
    ]
}

/// The data was written by a newer version of the product.
public struct SchemaTooNewError: Error, CustomStringConvertible {
    public let found: Int
    public let known: Int

    public var description: String {
        "the database has schema version \(found), this program knows \(known): start the newer version again"
    }
}
