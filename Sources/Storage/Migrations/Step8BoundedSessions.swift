extension Migrations {
    static let boundedSessions = [
        """
        CREATE INDEX connectSessionOpenByEndUser ON connectSession (workspaceId, endUserExternalId, expiresAt)
            WHERE status IN ('PENDING', 'CONNECTING')
        """,
        """
        CREATE INDEX connectSessionOpen ON connectSession (organizationId, expiresAt)
            WHERE status IN ('PENDING', 'CONNECTING')
        """,
        "CREATE INDEX connectSessionByExpiry ON connectSession (expiresAt)",
    ]
}
