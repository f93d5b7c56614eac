extension Migrations {
    static let hostedConnect =
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
}
