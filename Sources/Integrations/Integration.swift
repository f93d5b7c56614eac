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

    /// What an OAuth app may not add to an authorization request.
    public var reservedParameters: Set<String> { Set(auth.flatMap { $0.oauth?.reservedParameters ?? [] }) }

    /// What an OAuth app needs beside client id and secret.
    public var appParameters: [String] { Set(auth.flatMap { $0.oauth?.appParameters ?? [] }).sorted() }
}

/// One way to connect an integration.
public struct AuthOption: Sendable {
    public let key: String
    public let displayName: String
    public let description: String
    public let method: Method
    /// How it is found out whose account it is.
    public let account: AccountLookup?
    /// What the person picks after they have agreed, such as a site.
    public let choices: ChoiceLookup?
    /// A request that must succeed before a typed credential is saved.
    public let verification: Verification?
    /// How the credential is used.
    public let api: APIUse?

    public enum Method: Sendable {
        case oauth2(OAuthTemplate)
        /// The person's own client id and secret, exchanged without anybody's consent (RFC 6749 §4.4).
        case clientCredentials(OAuthTemplate, id: Field, secret: Field)
        case secretText(Field)
        case basicAuth(username: Field, password: Field)
        case customAuth([Field])
    }

    /// The kind as the wire contract names it.
    public var type: String {
        switch method {
        case .oauth2, .clientCredentials: "OAUTH2"
        case .secretText: "SECRET_TEXT"
        case .basicAuth: "BASIC_AUTH"
        case .customAuth: "CUSTOM_AUTH"
        }
    }

    /// The provider at which the person signs in.
    public var oauth: OAuthTemplate? { if case .oauth2(let template) = method { template } else { nil } }

    /// The provider that issues tokens, with or without somebody signing in.
    public var issuer: OAuthTemplate? {
        switch method {
        case .oauth2(let template), .clientCredentials(let template, _, _): template
        case .secretText, .basicAuth, .customAuth: nil
        }
    }

    /// The fields that a person types for this option, apart from the integration's inputs.
    public var fields: [Field] {
        switch method {
        case .oauth2: []
        case .clientCredentials(_, let id, let secret): [id, secret]
        case .secretText(let field): [field]
        case .basicAuth(let username, let password): [username, password]
        case .customAuth(let fields): fields
        }
    }
}

/// How a typed credential is tried: a request, and the statuses that mean it works.
public struct Verification: Sendable {
    public let request: RequestTemplate
    /// The statuses with which the credential is good, and those that say that it is not.
    public let accept: [Int]
    public let reject: [Int]
}
