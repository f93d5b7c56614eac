extension Transaction {
    /// How many open sessions an organization has, counted up to a limit.
    public func openSessionCount(of organization: Organization.ID, at now: Instant, upTo limit: Int) throws -> Int {
        try openSessionCount("organizationId = ?", [organization], at: now, upTo: limit)
    }

    /// How many open sessions are for an end user of a workspace, counted up to a limit.
    public func openSessionCount(
        forEndUser externalID: String,
        in workspace: Workspace.ID,
        at now: Instant,
        upTo limit: Int
    ) throws -> Int {
        try openSessionCount(
            "workspaceId = ? AND endUserExternalId = ?",
            [workspace, externalID],
            at: now,
            upTo: limit
        )
    }

    /// Removes sessions whose time ended before a moment, with what happened to them; tells how many.
    ///
    /// One with a find that has yet to be ended at its provider waits for that.
    public func removeSessions(expiredBefore moment: Instant, limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM connectSession WHERE id IN
                (SELECT id FROM connectSession WHERE expiresAt <= ?
                AND NOT EXISTS (SELECT 1 FROM heldConnection WHERE sessionId = connectSession.id)
                ORDER BY expiresAt LIMIT ?)
            """,
            moment,
            limit
        )
    }

    /// By literals, as the indexes of open sessions have them.
    private func openSessionCount(
        _ condition: String,
        _ values: [any SQLBindable],
        at now: Instant,
        upTo limit: Int
    ) throws -> Int {
        try all(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM connectSession
                WHERE \(condition) AND status IN ('PENDING', 'CONNECTING') AND expiresAt > ? LIMIT ?) AS counted
            """,
            values: values + [now, limit]
        ) { try $0[0] as Int }.first ?? 0
    }
}
