internal import Storage

/// One name's tokens, and what is known of how many others took.
struct Bucket {
    private(set) var tokens: Double
    private(set) var filledAt: Instant
    /// How many were taken here since the processes last compared.
    private(set) var taken = 0
    /// What the processes agreed on when they last compared.
    private var agreed: (tokens: Double, at: Instant, total: Int)?

    init(tokens: Double, filledAt: Instant) {
        self.tokens = tokens
        self.filledAt = filledAt
    }

    /// The tokens with those that came in by now.
    func filled(at now: Instant, _ perMinute: Int) -> Double {
        min(Double(perMinute), tokens + Self.gain(from: filledAt, to: now, perMinute))
    }

    mutating func take(at now: Instant, _ perMinute: Int) -> Bool {
        tokens = filled(at: now, perMinute)
        filledAt = max(now, filledAt)
        guard tokens >= 1 else { return false }
        tokens -= 1
        taken += 1
        return true
    }

    /// Takes what others took: `total` is everybody's taking, which counts `counted` of ours since the last time.
    mutating func learn(_ total: Int, counting counted: Int, at now: Instant, _ perMinute: Int) {
        tokens = filled(at: now, perMinute)
        filledAt = max(now, filledAt)
        taken -= counted
        // A total that went down is a new one: the old was removed after a time without requests.
        if let agreed, total >= agreed.total + counted {
            let gained = Self.gain(from: agreed.at, to: now, perMinute)
            let left = agreed.tokens + gained - Double(total - agreed.total + taken)
            tokens = min(tokens, max(left, -Double(perMinute)))
        }
        agreed = (tokens + Double(taken), now, total)
    }

    private static func gain(from start: Instant, to end: Instant, _ perMinute: Int) -> Double {
        Double(max(0, end.milliseconds - start.milliseconds)) * Double(perMinute) / 60000
    }
}
