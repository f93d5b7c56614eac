internal import FoundationEssentials
internal import OAuth

/// A text with `{placeholders}` that are filled from what the person gave: `{subdomain}`, `{accessToken}`, `{key|base64}`.
public struct Template: Sendable, Hashable {
    private let parts: [Part]

    private enum Part: Sendable, Hashable {
        case literal(String)
        case placeholder(name: String, base64: Bool)
    }

    /// Reads the text; a `{` that opens no placeholder name stands for itself, so JSON bodies need no escaping.
    public init(_ text: String) {
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while let brace = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            literal += rest[..<brace]
            rest = rest[rest.utf8.index(after: brace)...]
            guard let (placeholder, end) = Self.placeholder(in: rest) else {
                literal += "{"
                continue
            }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            parts.append(placeholder)
            rest = rest[end...]
        }
        literal += rest
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// What a text begins with that follows a `{`, and where it ends behind its `}`.
    private static func placeholder(in text: Substring) -> (Part, String.Index)? {
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let inside = text[..<end]
        let base64 = inside.hasSuffix("|base64")
        let name = base64 ? inside.dropLast("|base64".count) : inside
        guard name.utf8.first?.isLetter == true, name.utf8.allSatisfy(\.isInName) else { return nil }
        return (.placeholder(name: String(name), base64: base64), text.utf8.index(after: end))
    }

    public var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name, _) = $0 { name } else { nil } }
    }

    /// The placeholders that decide about the host of an address.
    var hostPlaceholders: [String] {
        var text = ""
        return parts.compactMap { part in
            switch part {
            case .literal(let literal):
                text += literal
                return nil
            case .placeholder(let name, _):
                return Place(after: text) == .elsewhere ? nil : name
            }
        }
    }

    /// The placeholder that stands for a whole address at the start, as where a provider tells its own.
    var leadingPlaceholder: String? {
        if case .placeholder(let name, _)? = parts.first { name } else { nil }
    }

    /// The text with values as they are, for a header or a body.
    public func filled(with values: [String: String]) throws(TemplateError) -> String {
        try fill(with: values) { value, _ in value }
    }

    /// The text as an address: values percent-encoded, in the host nothing but DNS labels, at the start a whole address.
    ///
    /// What comes out is parsed again and, where values decide about the host, must lie in one of the given ones:
    /// `.zendesk.com` allows every name below, `api.example.com` only itself. Throws `TemplateError`.
    public func address(with values: [String: String], allowedHosts: [String] = []) throws(TemplateError) -> String {
        let text = try fill(with: values) { value, place in
            switch place {
            case .start: Self.base(value)
            case .host: Self.hostName(value)
            case .elsewhere: PercentEncoding.encode(value)
            }
        }
        guard let address = WebAddress(text) else { throw .unusableAddress }
        let isAllowed = allowedHosts.contains { $0.hasPrefix(".") ? address.host.hasSuffix($0) : address.host == $0 }
        guard isAllowed || allowedHosts.isEmpty || hostPlaceholders.isEmpty else { throw .hostNotAllowed }
        return address.text
    }

    private static func hostName(_ value: String) -> String? {
        let name = value.lowercased()
        return name.wholeMatch(of: labels) == nil ? nil : name
    }

    nonisolated(unsafe) private static let labels =
        /[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?)*/

    /// An address to which a path can be added.
    private static func base(_ value: String) -> String? {
        guard let address = WebAddress(value), address.query == nil else { return nil }
        return address.text.hasSuffix("/") ? String(address.text.dropLast()) : address.text
    }

    private func fill(
        with values: [String: String],
        encode: (_ value: String, _ place: Place) -> String?
    ) throws(TemplateError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .placeholder(let name, let base64):
                guard let value = values[name] else { throw .missingValue(name) }
                let bytes = base64 ? Data(value.utf8).base64EncodedString() : value
                guard let encoded = encode(bytes, Place(after: text)) else {
                    throw .unusableValue(name)
                }
                text += encoded
            }
        }
        return text
    }

    /// Where in an address a value comes to stand.
    private enum Place {
        case start, host, elsewhere

        init(after text: String) {
            let isInHost = text.count { $0 == "/" } == 2 && text.contains("://") && !text.contains("?")
            self = text.isEmpty ? .start : isInHost ? .host : .elsewhere
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    fileprivate var isInName: Bool {
        isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: ".")
    }
}

/// Why a template cannot be filled.
public enum TemplateError: Error, Sendable, Equatable {
    case missingValue(String)
    case unusableValue(String)
    case unusableAddress
    case hostNotAllowed
}
