internal import Glibc

/// The name that an address is counted under: itself, or its /64 for IPv6, of which a customer has a whole one.
enum ClientAddress {
    /// Reads what sockets and proxies write, such as `192.0.2.1:4711` or `[2001:db8::1]:4711`.
    static func name(of text: some StringProtocol) -> String {
        let text = withoutPort(String(text))
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 { return text }
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return "unknown" }
        let bytes = withUnsafeBytes(of: v6) { Array($0) }
        // An IPv4-mapped address (RFC 4291 §2.5.5.2) is the IPv4 address.
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func withoutPort(_ text: String) -> String {
        if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        return text.count { $0 == ":" } == 1 ? String(text.prefix { $0 != ":" }) : text
    }
}
