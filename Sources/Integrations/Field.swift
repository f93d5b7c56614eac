/// One thing a person types or chooses.
public struct Field: Sendable, Equatable {
    public let key: String
    public let label: String
    public let type: FieldType
    public let required: Bool
    public let placeholder: String?
    public let help: String?
    /// A regular expression that the whole value must match.
    public let pattern: String?
    public let format: FieldFormat?
    public let options: [Option]
    /// Text before and after the box that belongs to the address and is not typed.
    public let prefix: String?
    public let suffix: String?
    public let defaultValue: String?

    public struct Option: Sendable, Equatable {
        public let value: String
        public let label: String
    }
}

public enum FieldType: String, Sendable, CaseIterable {
    case text, secret, multiline, select, number, checkbox, url

    /// Whether what was typed may be a secret, such as a private key in several lines; then no page shows it again.
    public var mayHoldSecret: Bool { self == .secret || self == .multiline }
}

public enum FieldFormat: String, Sendable, CaseIterable { case hostname, uri, email, uuid }
