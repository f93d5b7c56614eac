internal import FoundationEssentials
public import OAuth

/// An HTTP request with placeholders.
public struct RequestTemplate: Sendable {
    public let method: String
    public let url: Template
    /// HTTP Basic credentials (RFC 7617 §2), either of which may be empty.
    public let basic: Basic?
    public let headers: [(name: String, value: Template)]
    public let body: Template?
    public let allowedHosts: [String]

    public struct Basic: Sendable {
        public let username: Template
        public let password: Template
    }

    /// Everything that is filled from values.
    var templates: [Template] {
        let credentials = basic.map { [$0.username, $0.password] } ?? []
        return [url] + credentials + headers.map(\.value) + [body].compactMap(\.self)
    }

    /// The request for these values; throws `TemplateError`.
    public func message(with values: [String: String]) throws(TemplateError) -> HTTPRequestMessage {
        var filled: [(name: String, value: String)] = [("Accept", "application/json")]
        if let basic {
            let pair = "\(try basic.username.filled(with: values)):\(try basic.password.filled(with: values))"
            filled.append(("Authorization", "Basic \(Data(pair.utf8).base64EncodedString())"))
        }
        for header in headers {
            filled.removeAll { $0.name.lowercased() == header.name.lowercased() }
            filled.append((header.name, try header.value.filled(with: values)))
        }
        let body = try body?.filled(with: values)
        return HTTPRequestMessage(
            method: method,
            url: try url.address(with: values, allowedHosts: allowedHosts),
            headers: filled,
            body: body.map { Array($0.utf8) }
        )
    }
}
