extension Migrations {
    static let manyProcesses = [
        "CREATE TABLE lease (name TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, endsAt BIGINT NOT NULL)",
        "CREATE TABLE rateUse (name TEXT PRIMARY KEY NOT NULL, used BIGINT NOT NULL, updatedAt BIGINT NOT NULL)",
        """
        INSERT INTO setting (name, value)
            SELECT 'defaultOrganization', id FROM organization ORDER BY createdAt, id LIMIT 1
        """,
        "CREATE INDEX authorizationAttemptByExpiry ON authorizationAttempt (expiresAt)",
        "CREATE INDEX rateUseByAge ON rateUse (updatedAt)",
    ]
}
