internal import Logging
internal import Storage
internal import StrictJSON

extension Job {
    /// Removes what is older than the log is kept, and tells the ends of its chains, for whoever keeps logs elsewhere.
    static let pruneActivity = Job(name: "pruneActivity", period: .seconds(3600)) { portal in
        try await portal.pruneActivity()
        let heads = try await portal.store.read { try $0.activityHeads() }
        guard !heads.isEmpty else { return }
        portal.log.notice("activity", metadata: ["heads": "\(heads.map(\.description).joined(separator: " "))"])
    }
}

extension Portal {
    func pruneActivity() async throws {
        guard let days = activityDays else { return }
        let moment = now() + .seconds(-86400 * days)
        var total = 0
        for head in try await store.read({ try $0.activityHeads() }) {
            var removed = 0
            repeat {
                removed = try await store.write { transaction in
                    let key = try activityKey(in: transaction)
                    return try transaction.pruneActivity(in: head.chain, before: moment, limit: 500, key)
                }
                total += removed
            } while removed == 500
        }
        guard total > 0 else { return }
        let pruned = entry(
            .activityPruned,
            by: .portal,
            on: nil,
            of: nil,
            .success,
            ["count": .integer(Int64(total)), "before": .string(moment.description)]
        )
        try await record(pruned)
    }
}
