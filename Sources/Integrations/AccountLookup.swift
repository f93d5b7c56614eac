public import StrictJSON

/// How an account is found out, and where its id and label are.
public struct AccountLookup: Sendable {
    public let source: Source
    public let idPath: String
    public let labelPath: String

    public enum Source: Sendable {
        /// The JSON answer of a request.
        case request(RequestTemplate)
        /// The claims of the id_token (OpenID Connect Core §2).
        case idToken
        /// The answer of the userinfo endpoint (OpenID Connect Core §5.3).
        case userinfo
    }
}

/// The sites or tenants among which a person picks after they have agreed.
public struct ChoiceLookup: Sendable {
    public let request: RequestTemplate
    /// The dot path of the list; empty for an answer that is the list.
    public let itemsPath: String
    public let idPath: String
    public let labelPath: String
    /// The name under which the id is kept with the connection.
    public let idName: String
    /// More to keep of the chosen one: name → dot path.
    public let kept: [String: String]
    /// Which of them can be connected: dot path → the text that must stand there.
    public let condition: [String: String]

    /// Everything by which the choice is known later.
    public var keptNames: [String] { [idName] + kept.keys.sorted() }

    /// The choices in an answer; nothing where there is no such list.
    public func choices(in answer: JSON) -> [Choice]? {
        guard let items = (itemsPath.isEmpty ? answer : answer.value(at: itemsPath))?.array else { return nil }
        return items.compactMap { item in
            guard condition.allSatisfy({ item.value(at: $0.key)?.asText == $0.value }),
                let id = item.value(at: idPath)?.asText, !id.isEmpty
            else { return nil }
            var data = JSON.Object()
            data[idName] = .string(id)
            for (name, path) in kept.sorted(by: { $0.key < $1.key }) { data[name] = item.value(at: path) }
            return Choice(id: id, label: item.value(at: labelPath)?.asText ?? id, data: data)
        }
    }

    /// One site or tenant.
    public struct Choice: Sendable, Equatable {
        public let id: String
        public let label: String
        /// What is kept with the connection.
        public let data: JSON.Object

        public init(id: String, label: String, data: JSON.Object) {
            self.id = id
            self.label = label
            self.data = data
        }
    }
}

extension JSON {
    /// A text, a number or a truth value as text.
    fileprivate var asText: String? {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        case .bool(let bool): String(bool)
        default: nil
        }
    }
}
