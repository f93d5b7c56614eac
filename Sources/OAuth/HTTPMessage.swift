public import Secrecy

/// An HTTP request that this module wants sent; somebody else sends it.
public struct HTTPRequestMessage: Sendable, Concealed {
    public var method: String
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?

    public init(method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// The answer to one.
public struct HTTPResponseMessage: Sendable, Concealed {
    public var status: Int
    public var contentType: String?
    /// As sent: seconds or a date (RFC 9110 §10.2.3).
    public var retryAfter: String?
    public var body: [UInt8]

    public init(status: Int, contentType: String? = nil, retryAfter: String? = nil, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
    }
}
