internal import Glibc

/// An absolute `https` or `http` address in the narrow form that every URL parser reads alike.
///
/// Accepted: `scheme://host[:port][/path][?query]` in printable ASCII. Refused, because parsers differ over them or
/// because nobody needs them here: user information, fragments, backslashes, spaces, control characters, empty or
/// percent-encoded hosts, a trailing dot, a port out of range.
public struct WebAddress: Sendable, Hashable {
    public let scheme: String
    /// Lower case; an IPv6 address keeps its brackets.
    public let host: String
    public let port: Int?
    /// Starts with `/`, or is empty.
    public let path: String
    /// Without the `?`.
    public let query: String?

    public init?(_ text: String) {
        guard text.utf8.count <= 8192, text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text[colon...].hasPrefix("://") else {
            return nil
        }
        let scheme = text[..<colon].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = text[text.utf8.index(colon, offsetBy: 3)...]
        let authorityEnd = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        guard let (host, port) = Self.authority(rest[..<authorityEnd]) else { return nil }
        let tail = rest[authorityEnd...]
        let queryStart = tail.utf8.firstIndex(of: UInt8(ascii: "?")) ?? tail.endIndex
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = String(tail[..<queryStart])
        self.query = queryStart == tail.endIndex ? nil : String(tail[queryStart...].dropFirst())
    }

    /// The address as text; a default port is left out.
    public var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

    /// Scheme, host and port as a browser writes an origin (RFC 6454 §6.2).
    public var origin: String {
        let isDefault = port == nil || port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isDefault ? "" : port.map { ":\($0)" } ?? "")
    }

    /// Whether the host names this machine, the only place where plain http is acceptable.
    public var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || host.hasSuffix(".localhost")
            || host.hasPrefix("127.") && host.split(separator: ".").count == 4
                && host.allSatisfy { $0 == "." || $0.isNumber }
    }

    /// The address with parameters added to whatever query it has.
    public func adding(_ parameters: FormParameters) -> String {
        guard !parameters.pairs.isEmpty else { return text }
        let kept = query.flatMap { $0.isEmpty ? nil : $0 + "&" } ?? ""
        return origin + path + "?" + kept + parameters.encoded
    }

    /// Whether a byte may stand anywhere in an address.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        let hostEnd = text.first == "[" ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
        if let hostEnd, hostEnd < text.endIndex {
            let digits = text[hostEnd...].dropFirst()
            guard text[hostEnd] == ":", !digits.isEmpty, digits.utf8.count <= 5,
                digits.utf8.allSatisfy(isDigit),
                let number = Int(digits), (1...65535).contains(number)
            else { return nil }
            host = text[..<hostEnd]
            port = number
        }
        let lowered = host.lowercased()
        guard isHost(lowered) else { return nil }
        return (lowered, port)
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") { return host.hasSuffix("]") && isIPv6(String(host.dropFirst().dropLast())) }
        guard host.utf8.count <= 253 else { return false }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // A browser takes such a host for a number in disguise (URL Standard, 3.5).
        if let last = labels.last, Substring(last).hasPrefix("0x") || last.allSatisfy(isDigit) {
            return isIPv4(labels.map { Substring($0) })
        }
        let hyphen = UInt8(ascii: "-")
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy {
                    (97...122).contains($0) || isDigit($0) || $0 == hyphen || $0 == UInt8(ascii: "_")
                }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Four decimal numbers without leading zeros.
    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4 && labels.allSatisfy { label in UInt8(label).map { String($0) == label } ?? false }
    }

    /// As a browser writes it, the longest run of zeros left out; none with an IPv4 address inside.
    private static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return false }
        var written = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &written, socklen_t(written.count)) != nil else { return false }
        let bytes = written.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return !text.contains(".") && String(decoding: bytes, as: UTF8.self) == text
    }
}
