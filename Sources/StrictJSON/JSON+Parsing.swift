extension JSON {
    /// Reads one JSON text.
    ///
    /// A byte order mark is ignored (RFC 8259 §8.1 lets a parser do so). Whole numbers within 64 bits are `.integer`.
    /// `maxDepth` is how many arrays and objects may stand inside each other. Throws `JSONError` for the first fault.
    public static func parse(_ bytes: [UInt8], maxDepth: Int = 32) throws(JSONError) -> JSON {
        var parser = Parser(bytes: bytes, depthLeft: maxDepth, maxDepth: maxDepth)
        return try parser.text()
    }

    public static func parse(_ text: String, maxDepth: Int = 32) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), maxDepth: maxDepth)
    }
}

private struct Parser {
    let bytes: [UInt8]
    var position = 0
    var depthLeft: Int
    let maxDepth: Int

    init(bytes: [UInt8], depthLeft: Int, maxDepth: Int) {
        self.bytes = bytes
        self.depthLeft = depthLeft
        self.maxDepth = maxDepth
    }

    mutating func text() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw .trailingBytes(offset: position) }
        return value
    }

    mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try nested { (parser: inout Parser) throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser: inout Parser) throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw .unexpectedByte(offset: position)
        }
    }

    private mutating func nested(_ body: (inout Parser) throws(JSONError) -> JSON) throws(JSONError) -> JSON {
        guard depthLeft > 0 else { throw .tooDeep(limit: maxDepth) }
        depthLeft -= 1
        defer { depthLeft += 1 }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws(JSONError) -> JSON {
        var object = JSON.Object()
        var names = Names()
        skipSpace()
        if try accept("}") { return .object(object) }
        while true {
            skipSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: position) }
            let name = try string()
            guard names.insert(name) else { throw .duplicateName(name) }
            skipSpace()
            guard try accept(":") else { throw .unexpectedByte(offset: position) }
            object.append(name, try value())
            skipSpace()
            if try accept("}") { return .object(object) }
            guard try accept(",") else { throw .unexpectedByte(offset: position) }
        }
    }

    private mutating func array() throws(JSONError) -> JSON {
        var array: [JSON] = []
        skipSpace()
        if try accept("]") { return .array(array) }
        while true {
            array.append(try value())
            skipSpace()
            if try accept("]") { return .array(array) }
            guard try accept(",") else { throw .unexpectedByte(offset: position) }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        // The common string has no escape: one pass finds its end, one call checks its UTF-8.
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            guard bytes[position] >= 0x20 else { throw .unexpectedByte(offset: position) }
            position += 1
        }
        if try peek() == UInt8(ascii: "\"") {
            position += 1
            return try Self.text(bytes[start..<position - 1], from: start)
        }
        var collected = Array(bytes[start..<position])
        while try peek() != UInt8(ascii: "\"") {
            let byte = bytes[position]
            guard byte >= 0x20 else { throw .unexpectedByte(offset: position) }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &collected)
            } else {
                collected.append(byte)
                position += 1
            }
        }
        position += 1
        return try Self.text(collected[...], from: start)
    }

    private static func text(_ bytes: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8(offset: start) }
        return string
    }

    private mutating func escape(into collected: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): collected.append(letter)
        case UInt8(ascii: "b"): collected.append(0x08)
        case UInt8(ascii: "f"): collected.append(0x0C)
        case UInt8(ascii: "n"): collected.append(0x0A)
        case UInt8(ascii: "r"): collected.append(0x0D)
        case UInt8(ascii: "t"): collected.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar(start: start)
            collected.append(contentsOf: String(scalar).utf8)
        default: throw .invalidEscape(offset: start)
        }
    }

    private mutating func escapedScalar(start: Int) throws(JSONError) -> Unicode.Scalar {
        var value = try hexUnit(start: start)
        if (0xD800...0xDBFF).contains(value) {
            guard try accept("\\"), try accept("u") else { throw .invalidEscape(offset: start) }
            let low = try hexUnit(start: start)
            guard (0xDC00...0xDFFF).contains(low) else { throw .invalidEscape(offset: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .invalidEscape(offset: start) }
        return scalar
    }

    private mutating func hexUnit(start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw .invalidEscape(offset: start)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        _ = try accept("-")
        if try !accept("0") {
            guard skipDigits() else { throw .invalidNumber(offset: start) }
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard skipDigits() else { throw .invalidNumber(offset: start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
                position += 1
            }
            guard skipDigits() else { throw .invalidNumber(offset: start) }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw .invalidNumber(offset: start) }
        return .double(double)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for byte in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
            guard try peek() == byte else { throw .unexpectedByte(offset: position) }
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    private mutating func accept(_ character: Unicode.Scalar) throws(JSONError) -> Bool {
        guard position < bytes.count else { return false }
        guard bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position > start
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}

/// The names of an object's members: most have few, which are compared sooner than hashed.
private struct Names {
    private var few: [String] = []
    private var many: Set<String> = []

    /// False where the name is there already.
    mutating func insert(_ name: String) -> Bool {
        guard few.count == 8 else {
            guard !few.contains(name) else { return false }
            few.append(name)
            return true
        }
        return !few.contains(name) && many.insert(name).inserted
    }
}
