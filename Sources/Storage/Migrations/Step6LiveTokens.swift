extension Migrations {
    static let liveTokens = [
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
}
