/// How much of a rate limit has been used under one name, by all processes together, since it was first used.
public struct RateUse: Sendable {
    public let name: String
    public let used: Int

    public init(name: String, used: Int) {
        self.name = name
        self.used = used
    }
}

extension Transaction {
    /// Adds to what has been used under a name and returns the total.
    public func add(_ use: RateUse, at now: Instant) throws -> RateUse {
        let total = try first(
            """
            INSERT INTO rateUse (name, used, updatedAt) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET used = rateUse.used + excluded.used, updatedAt = excluded.updatedAt
            RETURNING used
            """,
            use.name,
            use.used,
            now
        ) { try $0[0] as Int }
        return RateUse(name: use.name, used: total ?? use.used)
    }
}
