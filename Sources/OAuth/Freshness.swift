/// What a signed request needs and no value can make by itself: the moment, and bytes that nobody can guess.
public struct Freshness: Sendable {
    /// Seconds since 1970.
    public var now: Int64
    public var random: [UInt8]

    public init(now: Int64, random: [UInt8]) {
        self.now = now
        self.random = random
    }
}
