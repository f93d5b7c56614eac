/// A JSON value (RFC 8259) whose objects keep the order of their members.
///
/// Parsing is strict, because values come from people and providers: a member name twice, a lone surrogate,
/// invalid UTF-8 or nesting past the limit is an error, never a guess.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(Object)

    /// The members of a JSON object, in order, each name once.
    public struct Object: Sendable, Equatable {
        public private(set) var members: [Member]

        public struct Member: Sendable, Equatable {
            public var name: String
            public var value: JSON
        }

        public init() { members = [] }

        public subscript(name: String) -> JSON? {
            get { members.first { $0.name == name }?.value }
            set {
                let index = members.firstIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append(Member(name: name, value: value))
                case (nil, nil): break
                }
            }
        }

        /// Adds a member that is known to be new, without looking.
        mutating func append(_ name: String, _ value: JSON) { members.append(Member(name: name, value: value)) }
    }
}

// MARK: Reading

extension JSON {
    public subscript(name: String) -> JSON? { object?[name] }

    public var object: Object? { if case .object(let object) = self { object } else { nil } }
    public var array: [JSON]? { if case .array(let array) = self { array } else { nil } }
    public var string: String? { if case .string(let string) = self { string } else { nil } }
    public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    public var isNull: Bool { self == .null }

    /// The value as a whole number, also when it was written as `3600.0`.
    public var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .double(let double): Int64(exactly: double)
        default: nil
        }
    }

    /// The value at a dot path such as `team.id` or `items.0.id`; a name with dots cannot be reached.
    public func value(at path: String) -> JSON? {
        var value = self
        for name in path.split(separator: ".") {
            guard let next = value[String(name)] ?? value.element(name) else { return nil }
            value = next
        }
        return value
    }

    private func element(_ name: Substring) -> JSON? {
        guard let elements = array, let index = Int(name), elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

// MARK: Literals

// No nil literal: in `condition ? nil : json` it would quietly become `.null` instead of no value.
extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements)) }

    /// A string, or `null` where there is none.
    public init(_ string: String?) { self = string.map(JSON.string) ?? .null }
    public init(_ strings: [String]) { self = .array(strings.map(JSON.string)) }
    public init(_ integer: Int) { self = .integer(Int64(integer)) }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

    init(_ elements: [(String, JSON)]) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }
}
