/// The syntax of one header field, in both directions.
enum HeaderField {
    /// The line to hand to libcurl, or nil for a field that could smuggle another one or change the framing.
    static func line(name: String, value: String) -> String? {
        guard isToken(name), isValue(value), !framing.contains(name.lowercased()) else { return nil }
        // "Name;" is how libcurl spells a field without a value; "Name:" would remove the field.
        return value.isEmpty ? "\(name);" : "\(name): \(value)"
    }

    /// A received line, or nil when it is not `name: value`.
    ///
    /// Folded lines (RFC 9112 §5.2) begin with a space, so they are refused too.
    static func parse(_ line: some BidirectionalCollection<UInt8>) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = String(decoding: line[..<colon], as: UTF8.self)
        guard isToken(name) else { return nil }
        var value = line[line.index(after: colon)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value = value.dropLast() }
        return (name, String(decoding: value, as: UTF8.self))
    }

    /// RFC 9112 §6: libcurl decides how the body is delimited, so that both ends agree on it.
    private static let framing: Set<String> = ["content-length", "transfer-encoding"]

    /// RFC 9110 §5.6.2.
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(isTokenByte)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// RFC 9110 §5.5: no control character but the tab, so neither CR, LF nor NUL.
    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == UInt8(ascii: "\t") || ($0 >= 0x20 && $0 != 0x7F) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
