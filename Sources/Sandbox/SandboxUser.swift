/// A person with an account at the sandbox.
public struct SandboxUser: Sendable {
    /// The stable account id: `sub` in OpenID Connect.
    public var id: String
    public var username: String
    public var password: String
    public var name: String
    public var email: String
    /// For `GET /api/whoami`.
    public var apiKey: String

    public init(id: String, username: String, password: String, name: String, email: String, apiKey: String) {
        self.id = id
        self.username = username
        self.password = password
        self.name = name
        self.email = email
        self.apiKey = apiKey
    }

    /// Two people, so that "connected as the wrong one" can be played.
    public static let personas = [
        SandboxUser(
            id: "sandbox-user-1",
            username: "ada",
            password: "ada",
            name: "Ada Lovelace",
            email: "ada@sandbox.example",
            apiKey: "sk_sandbox_ada_1815"
        ),
        SandboxUser(
            id: "sandbox-user-2",
            username: "grace",
            password: "grace",
            name: "Grace Hopper",
            email: "grace@sandbox.example",
            apiKey: "sk_sandbox_grace_1906"
        ),
    ]

    var initials: String { name.split(separator: " ").compactMap(\.first).map(String.init).joined() }
}
