/// What can be connected: one provider's definition as read from its YAML file, checked and never changed after.
public struct Integration: Sendable {
    /// `[a-z0-9][a-z0-9-]{0,62}`; also the file's name.
    public let name: String
    public let displayName: String
    public let description: String
    public let categories: [String]
    /// `#RRGGBB` of the monogram tile.
    public let color: String
    public let website: String?
    /// Where the facts were read, and the day.
    public let docs: String?
    public let checked: String?
    /// Asked from the person before any way of connecting.
    public let inputs: [Field]
    public let auth: [AuthOption]

    public func option(_ key: String) -> AuthOption? { auth.first { $0.key == key } }
}

/// One way to connect an integration.
public struct AuthOption: Sendable {
    public let key: String
    public let displayName: String
    public let description: String
    public let method: Method
    /// A request that shows whose account it is, sent with the new credential.
    public let account: AccountLookup?
    /// A request that must succeed before a typed credential is saved.
    public let verification: Verification?

    public enum Method: Sendable {
        case oauth2(OAuthTemplate)
        case secretText(Field)
        case basicAuth(username: Field, password: Field)
        case customAuth([Field])
    }

    /// The kind as the wire contract names it.
    public var type: String {
        switch method {
        case .oauth2: "OAUTH2"
        case .secretText: "SECRET_TEXT"
        case .basicAuth: "BASIC_AUTH"
        case .customAuth: "CUSTOM_AUTH"
        }
    }

    public var oauth: OAuthTemplate? { if case .oauth2(let template) = method { template } else { nil } }

    /// The fields that a person types for this option, apart from the integration's inputs.
    public var fields: [Field] {
        switch method {
        case .oauth2: []
        case .secretText(let field): [field]
        case .basicAuth(let username, let password): [username, password]
        case .customAuth(let fields): fields
        }
    }
}

/// How an account is found out: a request, and where id and label are in its JSON answer.
public struct AccountLookup: Sendable {
    public let request: RequestTemplate
    public let idPath: String
    public let labelPath: String
}

/// How a typed credential is tried: a request, and the statuses that mean it works.
public struct Verification: Sendable {
    public let request: RequestTemplate
    /// The statuses with which the credential is good, and those that say that it is not.
    public let accept: [Int]
    public let reject: [Int]
}
