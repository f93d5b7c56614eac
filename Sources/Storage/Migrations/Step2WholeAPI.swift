extension Migrations {
    static let wholeAPI = [
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
}
