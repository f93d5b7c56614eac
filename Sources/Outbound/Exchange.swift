internal import Secrecy

/// An HTTP request that may go out.
struct Exchange: Sendable, Concealed {
    let request: OutboundRequest
    let url: OutboundURL
    let headerLines: [String]

    /// Refuses what must never reach C.
    init(_ request: OutboundRequest, policy: AddressPolicy) throws(TransportError) {
        url = try OutboundURL(request.url)
        if request.unixSocketPath == nil, !policy.allows(url.scheme) { throw .addressNotAllowed }
        if let path = request.unixSocketPath, path.isEmpty || path.utf8.contains(0) { throw .invalidURL }
        headerLines = try Self.headerLines(of: request)
        self.request = request
    }

    private static func headerLines(of request: OutboundRequest) throws(TransportError) -> [String] {
        var lines: [String] = []
        for (name, value) in request.headers {
            guard let line = HeaderField.line(name: name, value: value) else { throw .invalidHeader(name: name) }
            lines.append(line)
        }
        // A name with nothing behind the colon stops libcurl from adding the field on its own.
        let names = Set(request.headers.map { $0.name.lowercased() })
        for name in ["content-type", "expect"] where !names.contains(name) { lines.append("\(name):") }
        return lines
    }
}
