internal import Foundation
internal import OAuth
public import Storage

/// What a walk over the whole audit log found.
public struct ProvenActivity: Sendable {
    public let count: Int
    /// The ends of the chains; entries before them cannot be taken away any more without being missed.
    public let heads: [ActivityHead]
}

extension Portal {
    /// Walks over the whole log, and finds whatever was changed, put in or taken out since it was written.
    ///
    /// That the last entries were taken away is found by the `heads` that were noted before. Throws `ActivityFault`.
    public func proveActivity(noted: [ActivityHead] = []) async throws -> ProvenActivity {
        let stored = try await store.read { transaction in
            (key: try storedActivityKey(in: transaction), heads: try transaction.activityHeads())
        }
        guard let bytes = stored.key else {
            if let missed = noted.first ?? stored.heads.first { throw ActivityFault(missing: missed) }
            return ProvenActivity(count: 0, heads: [])
        }
        let key = ActivityKey(bytes)
        if let gone = noted.first(where: { head in !stored.heads.contains { $0.chain == head.chain } }) {
            throw ActivityFault(missing: gone)
        }
        var count = 0
        for head in stored.heads {
            var proof = ActivityProof(chain: head.chain)
            var hasMore = true
            while hasMore {
                (proof, hasMore) = try await store.read { [proof] transaction in
                    var proof = proof
                    let hasMore = try proof.proceed(in: transaction, key, limit: 1000)
                    return (proof, hasMore)
                }
            }
            let toCheck = [head] + noted.filter { $0.chain == head.chain }
            try await store.read { [proof] in for head in toCheck { try proof.check(head, in: $0) } }
            count += proof.count
        }
        return ProvenActivity(count: count, heads: stored.heads)
    }

    /// Hands over the log from the first entry that is kept, in the order of each chain.
    public func exportActivity(_ write: (Activity, ActivityHead) throws -> Void) async throws {
        for head in try await store.read({ try $0.activityHeads() }) {
            var seq = 0
            var hasMore = true
            while hasMore {
                let after = seq
                let entries = try await store.read { try $0.activity(in: head.chain, after: after, limit: 1000) }
                for (seq, entry, code) in entries {
                    try write(entry, ActivityHead(chain: head.chain, seq: seq, code: code))
                }
                seq = entries.last?.seq ?? seq
                hasMore = entries.count == 1000
            }
        }
    }
}

extension ActivityHead: CustomStringConvertible {
    /// `chain:seq:code`, the code in base64url.
    public var description: String { "\(chain):\(seq):\(Base64URL.encode(code))" }

    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let chain = Int(parts[0]), let seq = Int(parts[1]), seq > 0,
            let code = Base64URL.decode(parts[2]), code.count == 32
        else { return nil }
        self.init(chain: chain, seq: seq, code: code)
    }
}
