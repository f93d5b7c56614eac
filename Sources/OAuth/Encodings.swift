public import FoundationEssentials
public import Secrecy

/// Base64url without padding (RFC 4648 §5, RFC 7636 appendix A).
public enum Base64URL {
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = Array(Data(bytes).base64EncodedData())
        while text.last == UInt8(ascii: "=") { text.removeLast() }
        for (place, byte) in text.enumerated() {
            if byte == UInt8(ascii: "+") { text[place] = UInt8(ascii: "-") }
            if byte == UInt8(ascii: "/") { text[place] = UInt8(ascii: "_") }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of an unpadded text, or nothing where the text is not base64url.
    public static func decode(_ text: some StringProtocol) -> Data? {
        var standard = Array(text.utf8)
        for place in standard.indices {
            switch standard[place] {
            case UInt8(ascii: "-"): standard[place] = UInt8(ascii: "+")
            case UInt8(ascii: "_"): standard[place] = UInt8(ascii: "/")
            case UInt8(ascii: "."), UInt8(ascii: "~"): return nil
            case let byte where PercentEncoding.isUnreserved(byte): break
            default: return nil
            }
        }
        while standard.count % 4 > 0 { standard.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(standard))
    }
}

/// Percent-encoding of everything but the unreserved characters (RFC 3986 §2.3).
public enum PercentEncoding {
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The text behind `%XX` escapes, or nothing where an escape is malformed or the result is not UTF-8.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        decode(bytes: Array(text.utf8)[...], plusIsSpace: plusIsSpace)
    }

    fileprivate static func decode(bytes encoded: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = encoded
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether a byte stands for itself everywhere in an address.
    public static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Parameters as `application/x-www-form-urlencoded` (RFC 6749 appendix B), in order and with their doubles.
public struct FormParameters: Sendable, Equatable, Concealed {
    public private(set) var pairs: [Pair] = []

    public struct Pair: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public init(_ pairs: [(String, String)] = []) {
        self.pairs = pairs.map { Pair(name: $0.0, value: $0.1) }
    }

    /// Reads a query or a form body; nothing where an escape is malformed.
    ///
    /// Byte by byte: as a `Character`, `&` and an accent after it would be one, and no separator.
    public init?(encoded text: some StringProtocol) {
        for part in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
            let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = PercentEncoding.decode(bytes: part[..<end], plusIsSpace: true),
                let value = PercentEncoding.decode(bytes: part[end...].dropFirst(), plusIsSpace: true)
            else { return nil }
            pairs.append(Pair(name: name, value: value))
        }
    }

    public var encoded: String {
        pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }

    /// The first value of a name.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    public func count(of name: String) -> Int { pairs.count { $0.name == name } }

    public mutating func append(_ name: String, _ value: String) { pairs.append(Pair(name: name, value: value)) }

    /// Gives a name exactly this value.
    public mutating func set(_ name: String, _ value: String) {
        pairs.removeAll { $0.name == name }
        append(name, value)
    }
}
