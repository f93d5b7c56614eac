internal import FoundationEssentials

extension Base64URL {
    /// The bytes of a text in its one spelling: no padding, and no stray bits in the last character (RFC 4648 §3.5).
    static func strictBytes(_ text: some StringProtocol) -> [UInt8]? {
        guard let bytes = decode(text) else { return nil }
        // Only what is left over from groups of three bytes, in four characters, has more than one spelling.
        let rest = encode(bytes.suffix(bytes.count % 3))
        return rest.utf8.elementsEqual(text.utf8.suffix(text.utf8.count % 4)) ? Array(bytes) : nil
    }
}
