import Storage
import StrictJSON

/// One entry of the log; what is in it, somebody else's words perhaps, can neither begin a line of its own nor speak to
/// a terminal.
struct LogLine {
    let time: Instant
    let level: String
    let logger: String
    let message: String
    let fields: [(name: String, value: String)]

    var json: String {
        var object: JSON.Object = [
            "time": .string(time.description), "level": .string(level), "logger": .string(logger),
            "message": .string(message),
        ]
        for (name, value) in fields where object[name] == nil { object[name] = .string(value) }
        // JSON's writer leaves nothing unsafe outside of strings.
        return Self.escaped(JSON.object(object).text)
    }

    var text: String {
        var line = "\(time) \(level) \(logger): \(Self.escaped(message))"
        for (name, value) in fields { line += " \(Self.escaped(name))=\(Self.quoted(value))" }
        return line
    }

    private static let special = Array("\"\\=".utf8)

    /// In quotes where it could be taken for more than one value.
    private static func quoted(_ value: String) -> String {
        // What nearly all are, without asking Unicode about each character.
        if !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !special.contains($0) }) {
            return value
        }
        let isPlain = !value.isEmpty && value.allSatisfy { !$0.isWhitespace && !"\"\\=".contains($0) }
        return escaped(isPlain ? value : JSON.string(value).text)
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { !(0x20...0x7E).contains($0) }), text.unicodeScalars.contains(where: isUnsafe)
        else { return text }
        return text.unicodeScalars.reduce(into: "") { safe, scalar in
            guard isUnsafe(scalar) else { return safe.unicodeScalars.append(scalar) }
            for unit in String(scalar).utf16 {
                let hex = String(unit, radix: 16)
                safe += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
        }
    }

    /// Controls, the ends of lines, and what is invisible or turns the direction of what follows.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
