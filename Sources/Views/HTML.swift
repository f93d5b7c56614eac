/// Text that is HTML already, the only kind that a template writes as it is.
public struct HTML: Sendable {
    public let text: String

    public init(text: String) { self.text = text }

    /// Escaped text, for what stands between tags or double quotes.
    public static func escaped(_ text: String) -> String { escaped(text, entity) }

    /// Escaped text that may stand between single quotes, too.
    static func quotable(_ text: String) -> String {
        escaped(text) { $0 == UInt8(ascii: "'") ? "&#39;" : entity(of: $0) }
    }

    private static func escaped(_ text: String, _ entity: (UInt8) -> StaticString?) -> String {
        guard text.utf8.contains(where: { entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let entity = entity(byte) {
                entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        default: nil
        }
    }
}
