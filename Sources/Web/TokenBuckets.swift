internal import Storage
internal import Synchronization

/// Token buckets by name, in bounded memory: each holds a minute's worth and fills evenly.
///
/// Processes that share a database tell each other now and then what they took. Between two times each takes from its own
/// copy of a bucket; then the copies become one again.
final class TokenBuckets: Sendable {
    struct State {
        let isAllowed: Bool
        let limit: Int
        let remaining: Int
        /// When the bucket is full again, in seconds since 1970.
        let resetSeconds: Int64
        /// Whole seconds until one token is there.
        let secondsUntilNext: Int
    }

    private let kind: String
    private let perMinute: Int
    private let capacity: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// `perMinute` 0 = no limit; `capacity` names are remembered at most.
    init(_ kind: String, perMinute: Int, capacity: Int = 100_000) {
        self.kind = kind
        self.perMinute = perMinute
        self.capacity = capacity
    }

    /// Takes a token; nothing where there is no limit.
    func take(_ name: String, at now: Instant) -> State? {
        guard perMinute > 0 else { return nil }
        return buckets.withLock { buckets in
            if buckets.count >= capacity, buckets[name] == nil { makeRoom(&buckets, at: now) }
            var bucket = buckets[name] ?? Bucket(tokens: Double(perMinute), filledAt: now)
            let isAllowed = bucket.take(at: now, perMinute)
            buckets[name] = bucket
            return state(of: bucket, isAllowed: isAllowed, at: now)
        }
    }

    /// What was taken since the last time this was told, also nothing where others may have taken meanwhile.
    func uses(at now: Instant) -> [RateUse] {
        buckets.withLock { buckets in
            buckets.filter { $0.value.taken > 0 || $0.value.filled(at: now, perMinute) < Double(perMinute) }
                .map { RateUse(name: "\(kind) \($0.key)", used: $0.value.taken) }
        }
    }

    /// Takes what others took: the totals that came of telling our uses.
    func learn(_ totals: [RateUse], from uses: [RateUse], at now: Instant) {
        let counted = Dictionary(uses.map { ($0.name, $0.used) }, uniquingKeysWith: +)
        buckets.withLock { buckets in
            for total in totals {
                let name = String(total.name.dropFirst(kind.count + 1))
                buckets[name]?.learn(total.used, counting: counted[total.name] ?? 0, at: now, perMinute)
            }
        }
    }

    /// Forgets the full buckets, which say nothing; if that is not enough, all.
    private func makeRoom(_ buckets: inout [String: Bucket], at now: Instant) {
        buckets = buckets.filter { $0.value.filled(at: now, perMinute) < Double(perMinute) }
        if buckets.count >= capacity { buckets = [:] }
    }

    private func state(of bucket: Bucket, isAllowed: Bool, at now: Instant) -> State {
        let perSecond = Double(perMinute) / 60
        let untilFull = (Double(perMinute) - bucket.tokens) / perSecond
        return State(
            isAllowed: isAllowed,
            limit: perMinute,
            remaining: max(0, Int(bucket.tokens)),
            resetSeconds: now.seconds + Int64(untilFull.rounded(.up)),
            secondsUntilNext: max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
        )
    }
}
