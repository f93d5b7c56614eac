internal import Yams

/// A place in a definition file that knows its file, line and field path, so that every complaint names them.
struct DefinitionNode {
    let node: Node
    let file: String
    let path: String

    func error(_ problem: String) -> DefinitionError {
        DefinitionError(file: file, line: node.mark?.line, field: path, problem: problem)
    }

    /// The mapping here, whose keys must all be known.
    func mapping(_ known: String...) throws(DefinitionError) -> DefinitionMapping {
        let mapping = try anyMapping()
        for key in mapping.keys where !known.contains(key) {
            throw child(mapping.nodes[key] ?? node, key).error(
                "unknown key; expected one of \(known.joined(separator: ", "))"
            )
        }
        return mapping
    }

    func anyMapping() throws(DefinitionError) -> DefinitionMapping {
        guard let mapping = node.mapping else { throw error("must be a mapping of keys to values") }
        var keys: [String] = []
        var nodes: [String: Node] = [:]
        for (keyNode, value) in mapping {
            guard let key = keyNode.scalar?.string else { throw error("has a key that is not a text") }
            guard nodes[key] == nil else { throw child(value, key).error("occurs twice") }
            keys.append(key)
            nodes[key] = value
        }
        return DefinitionMapping(place: self, keys: keys, nodes: nodes)
    }

    func list() throws(DefinitionError) -> [DefinitionNode] {
        guard let sequence = node.sequence else { throw error("must be a list") }
        return sequence.enumerated().map { DefinitionNode(node: $1, file: file, path: "\(path)[\($0)]") }
    }

    func text() throws(DefinitionError) -> String {
        guard let text = node.scalar?.string else { throw error("must be a text") }
        return text
    }

    /// Every text here and below.
    var leaves: [DefinitionNode] {
        switch node {
        case .scalar: [self]
        case .mapping(let mapping): mapping.flatMap { child($0.value, $0.key.scalar?.string ?? "").leaves }
        case .sequence(let sequence):
            sequence.enumerated().flatMap { DefinitionNode(node: $1, file: file, path: "\(path)[\($0)]").leaves }
        default: []
        }
    }

    func child(_ node: Node, _ key: String) -> DefinitionNode {
        DefinitionNode(node: node, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }
}

/// A mapping whose values are read by kind.
struct DefinitionMapping {
    let place: DefinitionNode
    let keys: [String]
    let nodes: [String: Node]

    /// The value of a key; a key without a value counts as absent.
    subscript(key: String) -> DefinitionNode? {
        guard let node = nodes[key], !node.isNull else { return nil }
        return place.child(node, key)
    }

    func required(_ key: String) throws(DefinitionError) -> DefinitionNode {
        guard let node = self[key] else { throw place.error("\(key) is missing") }
        return node
    }

    func text(_ key: String) throws(DefinitionError) -> String {
        let node = try required(key)
        let text = try node.text()
        guard !text.isEmpty else { throw node.error("must not be empty") }
        return text
    }

    func optionalText(_ key: String) throws(DefinitionError) -> String? { try self[key]?.text() }

    /// Complains about keys that have no place here, the first of them that is there.
    func refuse(_ keys: String..., because problem: String) throws(DefinitionError) {
        for key in keys {
            if let stray = self[key] { throw stray.error(problem) }
        }
    }

    /// Complains about keys that would do nothing because another does the same.
    func refuse(_ keys: String..., beside other: String) throws(DefinitionError) {
        guard self[other] != nil else { return }
        for key in keys { try refuse(key, because: "does nothing beside \(other)") }
    }

    func texts(_ key: String) throws(DefinitionError) -> [String] {
        guard let list = try self[key]?.list() else { return [] }
        var texts: [String] = []
        for node in list { texts.append(try node.text()) }
        return texts
    }

    /// Texts that can stand in a placeholder.
    func names(_ key: String) throws(DefinitionError) -> [String] {
        let names = try texts(key)
        for name in names where !Self.isName(name) {
            throw try required(key).error("\(name) must be letters, digits and _, starting with a letter")
        }
        return names
    }

    static func isName(_ text: String) -> Bool { text.wholeMatch(of: nameShape) != nil }

    nonisolated(unsafe) private static let nameShape = /[A-Za-z][A-Za-z0-9_]{0,62}/

    func dictionary(_ key: String) throws(DefinitionError) -> [String: String] {
        guard let mapping = try self[key]?.anyMapping() else { return [:] }
        var dictionary: [String: String] = [:]
        for key in mapping.keys { dictionary[key] = try mapping.required(key).text() }
        return dictionary
    }

    func bool(_ key: String, default standard: Bool) throws(DefinitionError) -> Bool {
        guard let node = self[key] else { return standard }
        guard let bool = node.node.truth else { throw node.error("must be true or false") }
        return bool
    }

    func optionalChoice<Choice>(_ key: String) throws(DefinitionError) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        self[key] == nil ? nil : try choice(key)
    }

    func choice<Choice>(_ key: String, default standard: Choice? = nil) throws(DefinitionError) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let node = self[key] else {
            guard let standard else { throw place.error("\(key) is missing") }
            return standard
        }
        guard let choice = Choice(rawValue: try node.text()) else {
            throw node.error("must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }
}

extension Node {
    /// What stands for itself without quotes, and may be more than a text (YAML 1.2.2 §10.3.2; the words of
    /// YAML 1.1 for true and false as well).
    private var plain: String? { scalar.flatMap { $0.style == .plain ? $0.string : nil } }

    fileprivate var isNull: Bool { ["", "~", "null", "Null", "NULL"].contains(plain) }

    fileprivate var truth: Bool? {
        switch plain {
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": true
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": false
        default: nil
        }
    }
}
