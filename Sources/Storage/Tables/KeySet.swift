public import StrictJSON

/// The public keys of a provider (RFC 7517 §5) as they were last fetched.
public struct KeySet: Sendable {
    public let address: String
    public let keys: JSON
    public let fetchedAt: Instant

    public init(address: String, keys: JSON, fetchedAt: Instant) {
        self.address = address
        self.keys = keys
        self.fetchedAt = fetchedAt
    }
}

extension Transaction {
    public func keySet(at address: String) throws -> KeySet? {
        try first("SELECT address, keys, fetchedAt FROM keySet WHERE address = ?", address) { row in
            KeySet(address: try row[0], keys: try row[1], fetchedAt: try row[2])
        }
    }

    /// Writes a key set in the place of an older one.
    public func keep(_ set: KeySet) throws {
        try execute(
            """
            INSERT INTO keySet (address, keys, fetchedAt) VALUES (?, ?, ?)
            ON CONFLICT (address) DO UPDATE SET keys = excluded.keys, fetchedAt = excluded.fetchedAt
            """,
            set.address,
            set.keys,
            set.fetchedAt
        )
    }
}
