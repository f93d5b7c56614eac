extension Migrations {
    static let everyProvider = [
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
}
