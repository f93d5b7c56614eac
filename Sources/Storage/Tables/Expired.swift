extension Transaction {
    /// Removes what nobody can use any more, at most `limit` rows of each kind; tells whether there may be more.
    public func removeExpired(
        attemptsBefore: Instant,
        answersBefore: Instant,
        usesBefore: Instant,
        limit: Int
    ) throws
        -> Bool
    {
        let removed = [
            try execute(
                """
                DELETE FROM authorizationAttempt WHERE id IN
                    (SELECT id FROM authorizationAttempt WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ?)
                """,
                attemptsBefore,
                limit
            ),
            try execute(
                """
                DELETE FROM idempotentAnswer WHERE (organizationId, idempotencyKey) IN
                    (SELECT organizationId, idempotencyKey FROM idempotentAnswer WHERE createdAt <= ?
                    ORDER BY createdAt LIMIT ?)
                """,
                answersBefore,
                limit
            ),
            try execute(
                """
                DELETE FROM rateUse WHERE name IN
                    (SELECT name FROM rateUse WHERE updatedAt <= ? ORDER BY updatedAt LIMIT ?)
                """,
                usesBefore,
                limit
            ),
        ]
        return removed.contains(limit)
    }
}
