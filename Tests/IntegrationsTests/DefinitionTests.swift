import OAuth
import Testing

@testable import Integrations

@Suite struct DefinitionTests {
    static let valid = """
        name: acme
        displayName: Acme
        description: Things
        categories: [PRODUCTIVITY]
        color: "#112233"
        inputs:
          - {key: subdomain, label: Address, type: text, pattern: "[a-z]+", suffix: .acme.example}
        auth:
          - key: oauth2
            type: OAUTH2
            displayName: Sign in
            oauth2:
              authorizationUrl: https://{subdomain}.acme.example/authorize
              tokenUrl: https://{subdomain}.acme.example/token
              allowedHosts: [.acme.example]
              scopes: [read]
              clientAuthentication: client_secret_post
        """

    private func read(_ yaml: String) throws(DefinitionError) -> Integration {
        try DefinitionReader.integration(yaml: yaml, file: "acme.yaml")
    }

    @Test func `a valid definition says what it says`() throws {
        let integration = try read(Self.valid)
        let provider = try #require(integration.option("oauth2")?.oauth).provider(with: ["subdomain": "north"])
        #expect(provider.endpoints.token == "https://north.acme.example/token")
        #expect(provider.clientAuthentication == .clientSecretPost)
        #expect(provider.pkce == .s256)
        #expect(integration.inputs.map(\.key) == ["subdomain"])
    }

    /// A change to the valid text, the field that the complaint names, and a word of it.
    @Test(arguments: [
        ("color: \"#112233\"", "colour: red", "colour", "unknown key"),
        ("color: \"#112233\"", "color: red", "color", "#1A2B3C"),
        ("name: acme", "name: Acme", "name", "a-z"),
        ("name: acme", "name: other", "name", "file's name"),
        ("[PRODUCTIVITY]", "[FUN]", "categories", "FUN"),
        ("type: OAUTH2", "type: IMPLICIT", "auth[0].type", "must be one of"),
        ("https://{subdomain}.acme.example/token", "http://acme.example/token", "auth[0].oauth2.tokenUrl", "https"),
        ("https://{subdomain}.acme.example/token", "https://a@acme.example/", "auth[0].oauth2.tokenUrl", "address"),
        ("client_secret_post", "client_secret_jwt", "auth[0].oauth2.clientAuthentication", "client_secret_basic"),
        ("scopes: [read]", "grant: password", "auth[0].oauth2.grant", "authorization_code"),
        ("scopes: [read]", "authorizationParameters: {state: x}", "auth[0].oauth2.authorizationParameters", "state"),
        (
            "scopes: [read]", "authorizationParameters: {response_type: token}", "authorizationParameters",
            "response_type"
        ),
        ("acme.example/authorize", "acme.example/authorize?state=x", "auth[0].oauth2.authorizationUrl", "protocol"),
        (
            "acme.example/authorize",
            "acme.example/authorize?client_key={subdomain}\n      parameterNames: {client_id: client_key}",
            "auth[0].oauth2.authorizationUrl", "protocol"
        ),
        ("scopes: [read]", "pkce: plain", "auth[0].oauth2.pkce", "S256"),
        ("allowedHosts: [.acme.example]", "allowedHosts: []", "auth[0].oauth2.authorizationUrl", "allowedHosts"),
        ("{subdomain}.acme.example/token", "{region}.acme.example/token", "auth[0].oauth2.tokenUrl", "{region}"),
        ("type: text, pattern: \"[a-z]+\"", "type: text, pattern: \"[a-z\"", "inputs[0].pattern", "regular expression"),
        ("type: text, pattern", "type: select, pattern", "inputs[0]", "options"),
        ("displayName: Acme", "", "", "displayName is missing"),
        ("auth:", "auth: []\nother:", "other", "unknown key"),
    ])
    func `a fault is named with file, line and field`(old: String, new: String, field: String, word: String) throws {
        let error = #expect(throws: DefinitionError.self) { try read(Self.valid.replacing(old, with: new)) }
        let text = try #require(error).description
        #expect(text.hasPrefix("acme.yaml"))
        #expect(text.contains(field), "\(text)")
        #expect(text.contains(word), "\(text)")
    }

    @Test func `what is no YAML at all is one line`() throws {
        let error = #expect(throws: DefinitionError.self) { try read("a: [") }
        #expect(try #require(error).description.split(separator: "\n").count == 1)
    }
}
