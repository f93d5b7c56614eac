import CCurl

/// An absolute http or https URL, read by the same parser that later connects.
///
/// With a second parser, the host that was checked and the host that is called could differ.
public struct OutboundURL: Sendable, Equatable {
    public enum Scheme: String, Sendable {
        case http
        case https
    }

    public let scheme: Scheme
    /// In lower case, an IPv6 address in brackets.
    public let host: String
    public let port: UInt16
    /// The URL in normal form: dot segments removed, numeric IPv4 spellings written out.
    public let string: String

    public init(_ text: String) throws(TransportError) {
        guard let parsed = ParsedURL(text, flags: CURLU_DISALLOW_USER),
            let scheme = parsed.part(CURLUPART_SCHEME).flatMap(Scheme.init(rawValue:)),
            let host = parsed.part(CURLUPART_HOST),
            let port = parsed.part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT).flatMap({ UInt16($0) }),
            let string = parsed.part(CURLUPART_URL),
            // Escapes in a host can make a number of it that only the second reading takes for an address: `2%2e7633`.
            ParsedURL(string)?.part(CURLUPART_HOST) == host
        else { throw .invalidURL }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.string = string
    }
}
