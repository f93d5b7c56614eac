public import Foundation

/// The end of a chain of entries: whoever noted it can tell later that nothing before it was taken away.
public struct ActivityHead: Sendable, Equatable {
    public let chain: Int
    public let seq: Int
    public let code: Data

    public init(chain: Int, seq: Int, code: Data) {
        self.chain = chain
        self.seq = seq
        self.code = code
    }
}

/// Where what is kept of a chain begins.
struct ActivityBeginning {
    let place: ChainPlace
    /// Proves that what was before was removed by us; empty where nothing was.
    let proof: Data
}

extension Transaction {
    /// Adds an entry to the end of this transaction's chain.
    ///
    /// The chain is held until the commit, so that its entries have one order.
    public func append(_ entry: Activity, _ key: ActivityKey) throws {
        let chain = connection.lane
        let place = try advance(chain)
        let code = key.code(of: entry, at: place)
        try execute(
            """
            INSERT INTO activity (\(Activity.columns), chain, seq, mac)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            values: entry.values + [chain, place.seq, code]
        )
        try execute("UPDATE activityChain SET mac = ? WHERE chain = ?", code, chain)
    }

    /// The next place of a chain, which is there from its first use on.
    private func advance(_ chain: Int) throws -> ChainPlace {
        if let place = try next(of: chain) { return place }
        try execute(
            """
            INSERT INTO activityChain (chain, seq, mac, prunedSeq, prunedMac, prunedSeal) VALUES (?, 0, ?, 0, ?, ?)
            ON CONFLICT (chain) DO NOTHING
            """,
            values: [chain, Data(), Data(), Data()]
        )
        guard let place = try next(of: chain) else { throw StorageError.unavailable("the activity has no chain") }
        return place
    }

    private func next(of chain: Int) throws -> ChainPlace? {
        try all("UPDATE activityChain SET seq = seq + 1 WHERE chain = ? RETURNING seq, mac", chain) { row in
            ChainPlace(chain: chain, seq: try row[0], previous: try row[1])
        }.first
    }

    /// The ends of all chains.
    public func activityHeads() throws -> [ActivityHead] {
        try all("SELECT chain, seq, mac FROM activityChain ORDER BY chain") { row in
            ActivityHead(chain: try row[0], seq: try row[1], code: try row[2])
        }
    }

    func activityBeginning(of chain: Int) throws -> ActivityBeginning? {
        try first("SELECT prunedSeq, prunedMac, prunedSeal FROM activityChain WHERE chain = ?", chain) { row in
            let place = ChainPlace(chain: chain, seq: try row[0], previous: try row[1])
            return ActivityBeginning(place: place, proof: try row[2])
        }
    }

    /// A chain's entries after a place, in their order, each with its code.
    public func activity(
        in chain: Int,
        after seq: Int,
        limit: Int
    ) throws -> [(seq: Int, entry: Activity, code: Data)] {
        try all(
            "SELECT \(Activity.columns), seq, mac FROM activity WHERE chain = ? AND seq > ? ORDER BY seq LIMIT ?",
            chain,
            seq,
            limit
        ) { row in (try row[13], try Activity(row), try row[14]) }
    }
}
