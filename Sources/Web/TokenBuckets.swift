internal import Storage
internal import Synchronization

/// Token buckets by name, in bounded memory: each holds a minute's worth and fills evenly.
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

    private struct Bucket {
        var tokens: Double
        var filledAt: Instant
    }

    private let perMinute: Int
    private let capacity: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// `perMinute` 0 = no limit; `capacity` names are remembered at most.
    init(perMinute: Int, capacity: Int = 100_000) {
        self.perMinute = perMinute
        self.capacity = capacity
    }

    /// Takes a token; nothing where there is no limit.
    func take(_ name: String, at now: Instant) -> State? {
        guard perMinute > 0 else { return nil }
        return buckets.withLock { buckets in
            if buckets.count >= capacity, buckets[name] == nil { makeRoom(&buckets, at: now) }
            var bucket = filled(buckets[name], at: now)
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[name] = bucket
            return state(of: bucket, isAllowed: isAllowed, at: now)
        }
    }

    private func filled(_ bucket: Bucket?, at now: Instant) -> Bucket {
        guard let bucket else { return Bucket(tokens: Double(perMinute), filledAt: now) }
        let gained = Double(max(0, now.milliseconds - bucket.filledAt.milliseconds)) * Double(perMinute) / 60000
        return Bucket(tokens: min(Double(perMinute), bucket.tokens + gained), filledAt: max(now, bucket.filledAt))
    }

    /// Forgets the full buckets, which say nothing; if that is not enough, all.
    private func makeRoom(_ buckets: inout [String: Bucket], at now: Instant) {
        buckets = buckets.filter { filled($0.value, at: now).tokens < Double(perMinute) }
        if buckets.count >= capacity { buckets = [:] }
    }

    private func state(of bucket: Bucket, isAllowed: Bool, at now: Instant) -> State {
        let perSecond = Double(perMinute) / 60
        let untilFull = (Double(perMinute) - bucket.tokens) / perSecond
        return State(
            isAllowed: isAllowed,
            limit: perMinute,
            remaining: Int(bucket.tokens),
            resetSeconds: now.seconds + Int64(untilFull.rounded(.up)),
            secondsUntilNext: max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
        )
    }
}
