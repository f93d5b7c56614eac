internal import OAuth
internal import Yams

/// Values that go over the wire as they are, or say where something is in what came over it.
extension DefinitionMapping {
    /// A dot path; none of its names is empty.
    func path(_ key: String) throws(DefinitionError) -> String {
        let node = try required(key)
        return try Self.path(node.text(), at: node)
    }

    func optionalPath(_ key: String) throws(DefinitionError) -> String? { self[key] == nil ? nil : try path(key) }

    func paths(_ key: String) throws(DefinitionError) -> [String] {
        var paths: [String] = []
        for node in try self[key]?.list() ?? [] { paths.append(try Self.path(node.text(), at: node)) }
        return paths
    }

    /// What stands where: name → dot path.
    func pathsByName(_ key: String) throws(DefinitionError) -> [String: String] {
        let paths = try dictionary(key)
        for name in paths.keys { _ = try required(key).anyMapping().path(name) }
        return paths
    }

    /// What must stand where: dot path → text.
    func textsByPath(_ key: String) throws(DefinitionError) -> [String: String] {
        let texts = try dictionary(key)
        for path in texts.keys { _ = try Self.path(path, at: required(key)) }
        return texts
    }

    private static func path(_ text: String, at node: DefinitionNode) throws(DefinitionError) -> String {
        let names = text.split(separator: ".", omittingEmptySubsequences: false)
        guard names.allSatisfy({ !$0.isEmpty }) else { throw node.error("must be a dot path such as team.id") }
        return text
    }

    /// The name of a parameter in a query or a form, none of `taken`.
    func parameterName(
        _ key: String,
        default standard: String,
        taken: Set<String> = []
    ) throws(DefinitionError) -> String {
        guard let node = self[key] else { return standard }
        let name = try node.parameterName()
        guard name == standard || !taken.contains(name) else { throw node.error("\(name) is set by the protocol") }
        return name
    }

    nonisolated(unsafe) private static let headerName = /[A-Za-z0-9!#$%&'*+\-.^_`|~]+/

    /// Fields of a request's header (RFC 9110 §5.1, §5.5).
    func headers(_ key: String = "headers") throws(DefinitionError) -> [String: String] {
        let headers = try dictionary(key)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard name.wholeMatch(of: Self.headerName) != nil else {
                throw try required(key).error("\(name) is no name of a header field")
            }
            guard value.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.generalCategory != .control }) else {
                throw try required(key).anyMapping().required(name).error("must be one line of ASCII")
            }
        }
        return headers
    }

    /// Seconds that a calendar can hold.
    func optionalSeconds(_ key: String) throws(DefinitionError) -> Int? {
        guard let node = self[key] else { return nil }
        guard let seconds = node.node.int, seconds >= 0 else { throw node.error("must be a whole number, 0 or more") }
        guard seconds <= 315_360_000 else { throw node.error("must be ten years at most, in seconds") }
        return seconds
    }
}

extension DefinitionNode {
    nonisolated(unsafe) private static let parameterShape = /[!-~&&[^&=#%+]]+/

    func parameterName() throws(DefinitionError) -> String {
        let name = try text()
        guard name.wholeMatch(of: Self.parameterShape) != nil else { throw error("must be the name of a parameter") }
        return name
    }
}
