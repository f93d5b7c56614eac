internal import HTTPTypes
internal import NIOHTTP1

/// What a request head must be beyond what the decoder checks, so that no proxy reads it in another way (RFC 9112 §11.2).
///
/// The decoder takes no Content-Length that is doubled or beside Transfer-Encoding, no bare LF, no folded line, no space
/// before a colon and no control character.
enum RequestHeadRules {
    private static let targetLimit = 8192
    private static let fieldsLimit = 32768
    private static let fieldCountLimit = 100

    /// The decoder counts the target, too.
    static var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = fieldsLimit
        limits.maxHeaderListSize = fieldsLimit + targetLimit
        limits.maxHeaderFieldCount = fieldCountLimit
        return limits
    }

    /// What of a head was too large for the decoder, of which the request line had so many bytes.
    static func refusal(ofLine bytes: Int) -> HTTPResponse.Status {
        bytes > targetLimit ? .uriTooLong : .requestHeaderFieldsTooLarge
    }

    /// Why a request cannot be taken, as the status of its answer; nothing where it can.
    static func refusal(of head: HTTPRequestHead) -> HTTPResponse.Status? {
        guard head.uri.utf8.count <= targetLimit else { return .uriTooLong }
        let fieldBytes = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard fieldBytes <= fieldsLimit else { return .requestHeaderFieldsTooLarge }
        let isClear = isOriginForm(head.uri) && namesOneHost(head) && hasClearLength(head)
        return isClear ? nil : .badRequest
    }

    /// The other forms (RFC 9112 §3.2) are for proxies, which this is none of.
    private static func isOriginForm(_ target: String) -> Bool {
        target.utf8.first == UInt8(ascii: "/") && !target.utf8.contains(UInt8(ascii: "#"))
    }

    /// RFC 9112 §3.2.
    private static func namesOneHost(_ head: HTTPRequestHead) -> Bool {
        let hosts = head.headers["host"]
        guard let host = hosts.first else { return head.version == .http1_0 }
        return hosts.count == 1 && !host.isEmpty && host.utf8.allSatisfy(isOfHost)
    }

    /// A name or an address, and a port.
    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        case UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }

    /// No client needs a coding other than chunked (RFC 9112 §6.1).
    private static func hasClearLength(_ head: HTTPRequestHead) -> Bool {
        // The decoder takes numbers that others could read as smaller ones.
        guard head.headers["content-length"].allSatisfy({ $0.utf8.count <= 15 }) else { return false }
        let codings = head.headers["transfer-encoding"]
        guard !codings.isEmpty else { return true }
        return head.version == .http1_1 && codings.map { $0.lowercased() } == ["chunked"]
            && !head.headers.contains(name: "content-length")
    }
}
