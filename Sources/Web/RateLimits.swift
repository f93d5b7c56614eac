public import Connect
internal import Storage

/// How many requests a minute, and whose word counts for where a request comes from.
public struct RateLimits: Sendable {
    let organizations: TokenBuckets
    let addresses: TokenBuckets
    /// Keys and links that were wrong, by address.
    let failures: TokenBuckets
    /// Whether an address is a proxy of ours, whose `X-Forwarded-For` is believed.
    private let isTrustedProxy: @Sendable (String) -> Bool

    /// Requests a minute; 0 = unlimited.
    public init(
        perOrganization: Int = 600,
        perAddress: Int = 120,
        isTrustedProxy: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        organizations = TokenBuckets("organization", perMinute: perOrganization)
        addresses = TokenBuckets("address", perMinute: perAddress)
        failures = TokenBuckets("failure", perMinute: perAddress == 0 ? 0 : max(5, perAddress / 6))
        self.isTrustedProxy = isTrustedProxy
    }

    /// Brings the limits of all processes together; between two calls each admits as if it were alone.
    public func share(through portal: Portal) async throws {
        for buckets in [organizations, addresses, failures] {
            let uses = buckets.uses(at: portal.now())
            guard !uses.isEmpty else { continue }
            buckets.learn(try await portal.add(uses), from: uses, at: portal.now())
        }
    }

    /// The address that a request comes from: the last one in the chain that is no proxy of ours.
    func client(_ remote: String?, _ forwardedFor: [String]) -> String? {
        guard var client = remote, !forwardedFor.isEmpty else { return remote }
        var chain = forwardedFor.joined(separator: ",").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        while isTrustedProxy(client), let next = chain.popLast(), !next.isEmpty { client = next }
        return client
    }
}
