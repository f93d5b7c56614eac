internal import StrictJSON

/// Writes the examples of the API reference.
struct ReferenceExamples {
    let origin: String

    /// A request as one types it in a shell, with the key in `$API_KEY`.
    func curl(_ method: String, _ path: String, _ parameters: [JSON], body: JSON?, isOpen: Bool) throws -> String {
        var target = path
        var query: [String] = []
        for parameter in parameters {
            guard let name = parameter["name"]?.string, parameter["required"]?.bool == true else { continue }
            guard let example = parameter["example"]?.string else {
                throw MalformedDocument(fault: "\(name) has no example")
            }
            switch parameter["in"]?.string {
            case "path": target = target.replacing("{\(name)}", with: example)
            case "query": query.append("\(name)=\(example)")
            default: break
            }
        }
        let address = origin + target + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        let isPlain = method == "get" || method == "post" && body != nil
        var lines = ["curl \(isPlain ? "" : "-X \(method.uppercased()) ")\(address)"]
        if !isOpen { lines.append("  -H \"Authorization: Bearer $API_KEY\"") }
        if let body {
            lines.append("  -H 'Content-Type: application/json'")
            lines.append("  -d '\(Self.indented(body).replacing("'", with: #"'\''"#))'")
        }
        return lines.joined(separator: " \\\n")
    }

    /// An answer as it arrives.
    static func text(_ example: JSON) -> String { example.string ?? indented(example) }

    /// JSON with a member to a line, except where a whole object or list fits on one.
    static func indented(_ json: JSON, depth: Int = 0) -> String {
        let line = onOneLine(json)
        let isSmall = depth > 0 && line.count + 2 * depth <= 60
        let inside = String(repeating: "  ", count: depth + 1)
        let outside = String(repeating: "  ", count: depth)
        switch json {
        case .object(let object) where !object.members.isEmpty && !isSmall:
            let members = object.members.map { member in
                inside + "\(JSON.string(member.name).text): \(indented(member.value, depth: depth + 1))"
            }
            return "{\n" + members.joined(separator: ",\n") + "\n\(outside)}"
        case .array(let array) where !array.isEmpty && !isSmall:
            let items = array.map { inside + indented($0, depth: depth + 1) }
            return "[\n" + items.joined(separator: ",\n") + "\n\(outside)]"
        default: return line
        }
    }

    private static func onOneLine(_ json: JSON) -> String {
        switch json {
        case .object(let object):
            let members = object.members.map { "\(JSON.string($0.name).text): \(onOneLine($0.value))" }
            return "{" + members.joined(separator: ", ") + "}"
        case .array(let array): return "[" + array.map(onOneLine).joined(separator: ", ") + "]"
        default: return json.text
        }
    }
}
