internal import Foundation

extension Transaction {
    /// Removes a chain's first entries that are from before a moment, and proves where what is kept begins.
    ///
    /// Returns how many were removed; fewer than `limit` = no more are to be.
    public func pruneActivity(
        in chain: Int,
        before moment: Instant,
        limit: Int,
        _ key: ActivityKey
    ) throws -> Int {
        guard let beginning = try activityBeginning(of: chain) else { return 0 }
        let old = try activity(in: chain, after: beginning.place.seq, limit: limit).prefix { $0.entry.at < moment }
        guard let last = old.last else { return 0 }
        let place = ChainPlace(chain: chain, seq: last.seq, previous: last.code)
        let keptFrom = try setting(Setting.activityKeptFrom).flatMap(Int64.init) ?? 0
        if keptFrom < moment.milliseconds {
            try set(Setting.activityKeptFrom, to: String(moment.milliseconds))
        }
        try execute("DELETE FROM activity WHERE chain = ? AND seq <= ?", chain, last.seq)
        try execute(
            "UPDATE activityChain SET prunedSeq = ?, prunedMac = ?, prunedSeal = ? WHERE chain = ?",
            last.seq,
            last.code,
            key.code(ofBeginningAt: place),
            chain
        )
        return old.count
    }
}
