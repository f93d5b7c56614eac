import OAuth
import Testing

@Suite struct RevocationRequestTests {
    private static func provider(
        _ method: ClientAuthenticationMethod,
        _ url: String? = "https://p.example/revoke"
    ) -> OAuthProvider {
        var provider = OAuthProvider(authorizationURL: "", tokenURL: "https://p.example/token")
        provider.endpoints.revocation = url
        provider.clientAuthentication = method
        return provider
    }

    private static func message(_ provider: OAuthProvider) throws -> HTTPRequestMessage? {
        try RevocationRequest(
            provider: provider,
            client: ClientCredentials(id: "id", secret: Secret("secret")),
            token: Secret("45ghiukldjahdnhzdauz"),
            type: .refreshToken
        ).message(fresh: Freshness(now: 0, random: []))
    }

    /// The example of RFC 7009 §2.1.
    @Test func `token and hint in the body, the client as at the token endpoint`() throws {
        let message = try #require(try Self.message(Self.provider(.clientSecretBasic)))
        #expect(message.method == "POST")
        #expect(message.url == "https://p.example/revoke")
        #expect(message.headers.contains { $0 == ("Authorization", "Basic aWQ6c2VjcmV0") })
        let body = String(decoding: message.body ?? [], as: UTF8.self)
        #expect(body == "token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token")
    }

    @Test(
        arguments: [
            (.clientSecretPost, "&client_id=id&client_secret=secret"), (.none, "&client_id=id"),
        ] as [(ClientAuthenticationMethod, String)]
    )
    func `other ways of client authentication`(method: ClientAuthenticationMethod, ending: String) throws {
        let message = try #require(try Self.message(Self.provider(method)))
        #expect(String(decoding: message.body ?? [], as: UTF8.self).hasSuffix("refresh_token" + ending))
        #expect(!message.headers.contains { $0.name == "Authorization" })
    }

    @Test func `no endpoint, no request`() throws { #expect(try Self.message(Self.provider(.none, nil)) == nil) }
}
