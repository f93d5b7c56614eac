/// What is wrong with a definition, and where.
public struct DefinitionError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int?
    /// The path of the field, such as `auth[0].oauth2.tokenUrl`.
    public let field: String
    public let problem: String

    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return field.isEmpty ? "\(place): \(problem)" : "\(place): \(field): \(problem)"
    }
}
