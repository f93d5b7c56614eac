internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// Takes no body that must be unpacked or taken apart first, at any address (RFC 9110 §15.5.16).
enum PlainBodies {
    /// Throws `UNSUPPORTED_MEDIA_TYPE`.
    static func require(_ request: Request) throws(PortalError) {
        guard request.headers[.contentEncoding]?.lowercased() ?? "identity" == "identity" else {
            throw PortalError(.unsupportedMediaType, "The body must come as it is, without Content-Encoding")
        }
        guard request.headers[.contentType]?.lowercased().hasPrefix("multipart/") != true else {
            throw PortalError(.unsupportedMediaType, "The body must not be multipart")
        }
    }
}
