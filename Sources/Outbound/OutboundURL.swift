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
        // A control character ends the text early in C, or splits the request line.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let handle = curl_url() else { throw .invalidURL }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle).flatMap(Scheme.init(rawValue:)),
            let host = Self.part(CURLUPART_HOST, of: handle),
            let port = Self.part(CURLUPART_PORT, of: handle).flatMap({ UInt16($0) }),
            let string = Self.part(CURLUPART_URL, of: handle)
        else { throw .invalidURL }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.string = string
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        let flags = part == CURLUPART_PORT ? UInt32(CURLU_DEFAULT_PORT) : 0
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
