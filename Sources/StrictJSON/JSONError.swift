/// Why a text is not acceptable JSON, and at which byte.
public enum JSONError: Error, Equatable {
    case unexpectedByte(offset: Int)
    case unexpectedEnd
    case trailingBytes(offset: Int)
    case invalidUTF8(offset: Int)
    case invalidNumber(offset: Int)
    case invalidEscape(offset: Int)
    case duplicateName(String)
    case tooDeep(limit: Int)
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedByte(let offset): "unexpected character at byte \(offset)"
        case .unexpectedEnd: "the text ends too early"
        case .trailingBytes(let offset): "text after the value at byte \(offset)"
        case .invalidUTF8(let offset): "not UTF-8 at byte \(offset)"
        case .invalidNumber(let offset): "malformed number at byte \(offset)"
        case .invalidEscape(let offset): "malformed escape at byte \(offset)"
        case .duplicateName(let name):
            "the name \"\(String(String.UnicodeScalarView(name.unicodeScalars.prefix(60))))\" occurs twice in one object"
        case .tooDeep(let limit): "nested more than \(limit) levels deep"
        }
    }
}
