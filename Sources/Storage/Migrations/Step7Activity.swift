extension Migrations {
    static let activity = [
        """
        CREATE TABLE activity (
            chain BIGINT NOT NULL,
            seq BIGINT NOT NULL,
            id TEXT NOT NULL,
            at BIGINT NOT NULL,
            organizationId TEXT,
            workspaceId TEXT,
            type TEXT NOT NULL,
            status TEXT NOT NULL,
            actorType TEXT NOT NULL,
            actorId TEXT,
            objectType TEXT,
            objectId TEXT,
            requestId TEXT,
            address TEXT,
            detail TEXT NOT NULL,
            mac BLOB NOT NULL,
            PRIMARY KEY (chain, seq)
        )
        """,
        "CREATE INDEX activityByTime ON activity (organizationId, at, id)",
        "CREATE INDEX activityByObject ON activity (objectId, at, id)",
        """
        CREATE TABLE activityChain (
            chain BIGINT PRIMARY KEY NOT NULL,
            seq BIGINT NOT NULL,
            mac BLOB NOT NULL,
            prunedSeq BIGINT NOT NULL,
            prunedMac BLOB NOT NULL,
            prunedSeal BLOB NOT NULL
        )
        """,
        "APPEND ONLY activity BEFORE \(Setting.activityKeptFrom)",
    ]
}
