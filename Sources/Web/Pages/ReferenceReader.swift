internal import StrictJSON

/// Reads the operations and objects of an OpenAPI document.
struct ReferenceReader {
    let document: JSON
    let origin: String

    private static let methods = ["get", "post", "put", "patch", "delete"]

    /// The operations under their tags, both in the document's order.
    func groups() throws -> [ReferencePage.Group] {
        let operations = try operations()
        return try (document["tags"]?.array ?? []).map { tag in
            let name = try text("name", of: tag)
            return ReferencePage.Group(
                anchor: ReferencePage.anchor(name),
                heading: name,
                prose: ReferencePage.prose(try text("description", of: tag)),
                operations: operations.filter { $0.tag == name }.map(\.operation)
            )
        }
    }

    private func operations() throws -> [(tag: String?, operation: ReferencePage.Operation)] {
        var operations: [(String?, ReferencePage.Operation)] = []
        for path in try member("paths", of: document).object?.members ?? [] {
            for member in path.value.object?.members ?? [] where Self.methods.contains(member.name) {
                let tag = member.value["tags"]?.array?.first?.string
                operations.append((tag, try operation(member.name, path.name, member.value)))
            }
        }
        return operations
    }

    private func operation(_ method: String, _ path: String, _ json: JSON) throws -> ReferencePage.Operation {
        let schemas = ReferenceSchemas(reader: self)
        let parameters = try (json["parameters"]?.array ?? []).map(resolved)
        let body = try json["requestBody"].map(content)
        let responses = try member("responses", of: json).object?.members ?? []
        guard let success = responses.first(where: { $0.name.hasPrefix("2") }) else {
            throw MalformedDocument(fault: "\(method) \(path) has no success")
        }
        let answer = try content(success.value)
        let isOpen = (json["security"] ?? document["security"])?.array?.isEmpty ?? true
        return ReferencePage.Operation(
            anchor: try text("operationId", of: json),
            method: method.uppercased(),
            kind: method,
            path: parts(path),
            summary: try text("summary", of: json),
            prose: ReferencePage.prose(try text("description", of: json)),
            isOpen: isOpen,
            tables: try schemas.tables(of: parameters)
                + (try body.map { try schemas.tables(of: member("schema", of: $0), caption: "Body") } ?? []),
            request: try ReferenceExamples(origin: origin).curl(
                method,
                path,
                parameters,
                body: body.map { try member("example", of: $0) },
                isOpen: isOpen
            ),
            answerStatus: success.name,
            answer: ReferenceExamples.text(try member("example", of: answer)),
            answerTables: try schemas.tables(of: member("schema", of: answer), caption: "Answer", isAnswer: true),
            outcomes: try responses.map { response in
                ReferencePage.Outcome(
                    status: response.name,
                    isSuccess: response.name.hasPrefix("2"),
                    meaning: ReferencePage.spans(try text("description", of: resolved(response.value)))
                )
            }
        )
    }

    /// The schemas that are explained by themselves: those of objects that say what they are.
    func objects() throws -> [ReferencePage.Object] {
        try (document.value(at: "components.schemas")?.object?.members ?? []).compactMap { schema in
            guard isObject(schema.name) else { return nil }
            return ReferencePage.Object(
                anchor: "object-\(schema.name)",
                heading: schema.name,
                prose: ReferencePage.prose(try text("description", of: schema.value)),
                tables: try ReferenceSchemas(reader: self).tables(of: schema.value, caption: "Fields", isAnswer: true)
            )
        }
    }

    func isObject(_ name: String) -> Bool {
        guard let schema = document.value(at: "components.schemas.\(name)") else { return false }
        return schema["description"] != nil && (schema["type"]?.string == "object" || schema["anyOf"] != nil)
    }

    /// The path with its parameters set apart.
    private func parts(_ path: String) -> [ReferencePage.PathPart] {
        path.split(separator: "{", omittingEmptySubsequences: false).flatMap { piece -> [ReferencePage.PathPart] in
            guard let end = piece.firstIndex(of: "}") else { return [.init(part: String(piece), isParameter: false)] }
            let rest = piece[piece.index(after: end)...]
            return [.init(part: "{\(piece[...end])", isParameter: true), .init(part: String(rest), isParameter: false)]
        }
    }

    /// The content of a request body or response: JSON, or a stream of events.
    private func content(_ json: JSON) throws -> JSON {
        let types = try member("content", of: resolved(json))
        return try types["text/event-stream"] ?? member("application/json", of: types)
    }

    /// What a reference leads to, with the members beside it laid over.
    func resolved(_ json: JSON) throws -> JSON {
        guard let reference = json["$ref"]?.string else { return json }
        let path = String(reference.drop { $0 == "#" || $0 == "/" }).replacing("/", with: ".")
        guard let target = document.value(at: path), var object = try resolved(target).object else {
            throw MalformedDocument(fault: "\(reference) leads nowhere")
        }
        for member in json.object?.members ?? [] where member.name != "$ref" { object[member.name] = member.value }
        return .object(object)
    }

    func member(_ name: String, of json: JSON) throws -> JSON {
        guard let value = json[name] else {
            throw MalformedDocument(fault: "\(name) is missing in \(json.text.prefix(80))")
        }
        return value
    }

    func text(_ name: String, of json: JSON) throws -> String {
        guard let text = try member(name, of: json).string, !text.isEmpty else {
            throw MalformedDocument(fault: "\(name) is no text in \(json.text.prefix(80))")
        }
        return text
    }
}

/// The OpenAPI document lacks something that its page shows.
struct MalformedDocument: Error, CustomStringConvertible {
    let fault: String

    var description: String { "the OpenAPI document is incomplete: \(fault)" }
}
