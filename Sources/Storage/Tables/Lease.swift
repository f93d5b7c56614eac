/// Leases: the right to do a job, held by one process at a time until it ends.

extension Transaction {
    /// Takes a lease that is free or has ended, or renews one's own; tells whether the owner has it now.
    ///
    /// One that ends later than the new one would is of a clock that was ahead, and keeps nobody away.
    public func takeLease(_ name: String, for owner: String, from now: Instant, until end: Instant) throws -> Bool {
        try execute(
            """
            INSERT INTO lease (name, owner, endsAt) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, endsAt = excluded.endsAt
            WHERE lease.owner = excluded.owner OR lease.endsAt <= ? OR lease.endsAt > excluded.endsAt
            """,
            name,
            owner,
            end,
            now
        ) == 1
    }
}
