extension Migrations {
    static let firstConnection = [
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
