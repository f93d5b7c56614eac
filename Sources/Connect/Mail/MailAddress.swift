internal import Integrations

/// A mail address and whose it is, such as `Acme Notes <connect@acme.example>` (RFC 5322 §3.4).
public struct MailAddress: Sendable, Equatable {
    /// In front of the address; nil for an address alone.
    public let name: String?
    public let address: String

    /// Reads one address, alone or in angle brackets behind a name, which may be in quotes.
    public init?(_ text: String) {
        let text = text.trimming(while: \.isWhitespace)
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            guard Self.isAddress(String(text)) else { return nil }
            name = nil
            address = String(text)
            return
        }
        var name = text[..<open].trimming(while: \.isWhitespace)
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        let address = String(text[open...].dropFirst().dropLast())
        guard Self.isAddress(address), !name.contains(where: { "<>\"\\".contains($0) }) else { return nil }
        guard let plain = try? PlainText(String(name), limit: 200) else { return nil }
        self.name = plain.text
        self.address = address
    }

    /// Whether every mail server takes the address: all ASCII, since few know SMTPUTF8 (RFC 6531).
    ///
    /// Its parts have the lengths of RFC 5321 §4.5.3.1.
    static func isAddress(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 } && text.prefix { $0 != "@" }.utf8.count <= 64
            && FieldFormat.email.accepts(text)
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func trimming(while isUnwanted: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let first = rest.first, isUnwanted(first) { rest.removeFirst() }
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
