internal import FoundationEssentials

extension Base64URL {
    /// The bytes of a text in its one spelling: no padding, and no stray bits in the last character (RFC 4648 §3.5).
    static func strictBytes(_ text: some StringProtocol) -> [UInt8]? {
        guard let bytes = decode(text), encode(bytes) == String(text) else { return nil }
        return Array(bytes)
    }
}
