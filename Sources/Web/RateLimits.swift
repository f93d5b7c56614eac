/// How many requests a minute, and whose word counts for where a request comes from.
public struct RateLimits: Sendable {
    /// 0 = unlimited, as with `perAddress`.
    public var perOrganization: Int
    public var perAddress: Int
    /// Whether an address is a proxy of ours, whose `X-Forwarded-For` is believed.
    public var isTrustedProxy: @Sendable (String) -> Bool

    public init(
        perOrganization: Int = 600,
        perAddress: Int = 120,
        isTrustedProxy: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.perOrganization = perOrganization
        self.perAddress = perAddress
        self.isTrustedProxy = isTrustedProxy
    }

    /// The address that a request is counted under: the last one in the chain that is no proxy of ours; IPv6 by its /64.
    func clientAddress(_ remote: String?, _ forwardedFor: [String]) -> String {
        guard var client = remote else { return "unknown" }
        var chain = forwardedFor.joined(separator: ",").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        while isTrustedProxy(client), let next = chain.popLast(), !next.isEmpty { client = next }
        guard client.contains(":") else { return client }
        return client.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":")
    }
}
