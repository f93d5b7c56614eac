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
        let pairs = fields.map { " \(Self.escaped($0.name))=\(Self.quoted($0.value))" }
        return "\(time) \(level) \(logger): \(Self.escaped(message))\(pairs.joined())"
    }

    /// In quotes where it could be taken for more than one value.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.allSatisfy { !$0.isWhitespace && !"\"\\=".contains($0) }
        return escaped(isPlain ? value : JSON.string(value).text)
    }

    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
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
