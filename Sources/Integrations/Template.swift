internal import FoundationEssentials
public import OAuth

/// A text with `{placeholders}` that are filled from what the person gave: `{subdomain}`, `{accessToken}`, `{key|base64}`,
/// and for Basic credentials (RFC 7617 §2) `{username:password|base64}`.
public struct Template: Sendable, Hashable {
    private let parts: [Part]

    private enum Part: Sendable, Hashable {
        case literal(String)
        case placeholder(names: [String], base64: Bool)
    }

    /// Reads the text; a `{` that opens no placeholder name stands for itself, so JSON bodies need no escaping.
    public init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let match = rest.firstMatch(
            of: /\{([A-Za-z][A-Za-z0-9_.]*(?::[A-Za-z][A-Za-z0-9_.]*(?=\|))?)(\|base64)?\}/
        ) {
            let before = rest[..<match.range.lowerBound]
            if !before.isEmpty { parts.append(.literal(String(before))) }
            let names = match.output.1.split(separator: ":").map(String.init)
            parts.append(.placeholder(names: names, base64: match.output.2 != nil))
            rest = rest[match.range.upperBound...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    public var placeholders: [String] {
        parts.flatMap { part -> [String] in if case .placeholder(let names, _) = part { names } else { [] } }
    }

    /// The placeholders that stand in the host of an address.
    var hostPlaceholders: [String] {
        var text = ""
        return parts.flatMap { part -> [String] in
            switch part {
            case .literal(let literal):
                text += literal
                return []
            case .placeholder(let names, _):
                return Self.endsInHost(text) ? names : []
            }
        }
    }

    /// The text with values as they are, for a header or a body.
    public func filled(with values: [String: String]) throws(TemplateError) -> String {
        try fill(with: values) { value, _ in value }
    }

    /// The text as an address: values percent-encoded, and in the host nothing but DNS labels.
    ///
    /// What comes out is parsed again and, where hosts are given, must lie in one of them: `.zendesk.com` allows every
    /// name below, `api.example.com` only itself. Throws `TemplateError`.
    public func address(with values: [String: String], allowedHosts: [String] = []) throws(TemplateError) -> String {
        let text = try fill(with: values) { value, isInHost in
            guard isInHost else { return PercentEncoding.encode(value) }
            let name = value.lowercased()
            let isName =
                name.wholeMatch(of: /[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?)*/)
                != nil
            return isName ? name : nil
        }
        guard let address = WebAddress(text) else { throw .unusableAddress }
        let isAllowed = allowedHosts.contains { $0.hasPrefix(".") ? address.host.hasSuffix($0) : address.host == $0 }
        guard allowedHosts.isEmpty || isAllowed else { throw .hostNotAllowed }
        return address.text
    }

    private func fill(
        with values: [String: String],
        encode: (_ value: String, _ isInHost: Bool) -> String?
    ) throws(TemplateError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .placeholder(let names, let base64):
                let value = try names.map { (name) throws(TemplateError) in
                    guard let value = values[name] else { throw .missingValue(name) }
                    return value
                }.joined(separator: ":")
                let bytes = base64 ? Data(value.utf8).base64EncodedString() : value
                guard let encoded = encode(bytes, Self.endsInHost(text)) else {
                    throw .unusableValue(names.joined(separator: ":"))
                }
                text += encoded
            }
        }
        return text
    }

    private static func endsInHost(_ text: String) -> Bool {
        text.count { $0 == "/" } == 2 && text.contains("://") && !text.contains("?")
    }
}

/// Why a template cannot be filled.
public enum TemplateError: Error, Sendable, Equatable {
    case missingValue(String)
    case unusableValue(String)
    case unusableAddress
    case hostNotAllowed
}

/// An HTTP request with placeholders.
public struct RequestTemplate: Sendable {
    public let method: String
    public let url: Template
    public let headers: [(name: String, value: Template)]
    public let body: Template?
    public let allowedHosts: [String]

    /// The request for these values; throws `TemplateError`.
    public func message(with values: [String: String]) throws(TemplateError) -> HTTPRequestMessage {
        var filled: [(name: String, value: String)] = [("Accept", "application/json")]
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
