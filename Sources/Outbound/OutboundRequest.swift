public import Secrecy

/// An HTTP request to another server.
public struct OutboundRequest: Sendable, Concealed {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What one exchange may cost.
    public struct Limits: Sendable, Equatable {
        /// Name look-up, TCP and TLS together.
        public var connectTimeout: Duration = .seconds(5)
        /// The whole exchange, the wait for a free connection included.
        public var timeout: Duration = .seconds(15)
        public var maxHeaderBytes = 32 * 1024
        public var maxBodyBytes = 1024 * 1024

        public init() {}
    }

    public var method: Method
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    /// Opens a connection for this request alone.
    ///
    /// A pooled connection can turn out to be dead only once the request is on it, when nobody can tell any more
    /// whether the server acted. Token requests cannot afford that doubt.
    public var usesFreshConnection: Bool
    /// Connects to this socket file instead of the URL's host, outside the address policy; for our own sockets only.
    public var unixSocketPath: String?
    public var limits: Limits

    public init(
        _ method: Method,
        _ url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        usesFreshConnection: Bool = false,
        unixSocketPath: String? = nil,
        limits: Limits = Limits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.usesFreshConnection = usesFreshConnection
        self.unixSocketPath = unixSocketPath
        self.limits = limits
    }
}

extension OutboundRequest.Method {
    /// RFC 9110 §9.2.2: only these may be sent again without asking.
    var isIdempotent: Bool {
        switch self {
        case .get, .put, .delete: true
        case .post, .patch: false
        }
    }

    /// RFC 9110 §8.6: these send a `Content-Length` even when there is nothing to send.
    var alwaysHasBody: Bool {
        switch self {
        case .post, .put, .patch: true
        case .get, .delete: false
        }
    }
}
