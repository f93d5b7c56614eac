import OAuth
import Testing

@Suite struct AuthorizationRequestTests {
    private func request(_ change: (inout OAuthProvider) -> Void = { _ in }) -> AuthorizationRequest {
        var provider = OAuthProvider(
            authorizationURL: "https://p.example/authorize?tenant=x",
            tokenURL: "https://p.example/token"
        )
        change(&provider)
        return AuthorizationRequest(
            provider: provider,
            clientID: "client id",
            redirectURI: "https://us.example/callback",
            scopes: ["read", "write:all"],
            state: "the-state",
            codeChallenge: "the-challenge",
            nonce: nil
        )
    }

    @Test func `keeps the endpoint's query and encodes the rest`() throws {
        #expect(
            try request().url()
                == "https://p.example/authorize?tenant=x&response_type=code&client_id=client%20id"
                + "&redirect_uri=https%3A%2F%2Fus.example%2Fcallback&scope=read%20write%3Aall&state=the-state"
                + "&code_challenge=the-challenge&code_challenge_method=S256"
        )
    }

    @Test func `asks for the answer as a form where the provider has it so`() throws {
        #expect(try !request().url().contains("response_mode"))
        #expect(try request { $0.responseMode = .formPost }.url().contains("&response_mode=form_post"))
    }

    @Test func `speaks a provider's dialect`() throws {
        let url = try request {
            $0.parameterNames = ["client_id": "client_key"]
            $0.scopeSeparator = ","
            $0.scopeParameter = "user_scope"
            $0.authorizationParameters = ["prompt": "consent", "access_type": "offline"]
        }.url()
        #expect(url.contains("&client_key=client%20id&"))
        #expect(url.contains("&user_scope=read%2Cwrite%3Aall&"))
        #expect(url.hasSuffix("&access_type=offline&prompt=consent"))
        #expect(!url.contains("client_id="))
    }

    @Test func `every protocol parameter occurs exactly once`() throws {
        let url = try request { $0.authorizationParameters = ["prompt": "consent"] }.url()
        let query = try #require(FormParameters(encoded: url.drop { $0 != "?" }.dropFirst()))
        for name in AuthorizationRequest.reservedParameters.union(["prompt"]) { #expect(query.count(of: name) <= 1) }
    }

    @Test(arguments: [
        "ftp://p.example", "https://p.example/#fragment", "https://user@p.example/", "p.example", "",
        "https://p.example/?state=x", "https://p.example/?a=b&%73cope=x", "https://p.example/?response_mode=fragment",
    ])
    func `refuses an endpoint that is no plain address, or says what the request says`(endpoint: String) {
        #expect(throws: OAuthError.invalidEndpoint) { try request { $0.endpoints.authorization = endpoint }.url() }
    }
}
