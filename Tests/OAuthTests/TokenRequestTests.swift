import OAuth
import StrictJSON
import Testing

@Suite struct TokenRequestTests {
    private func message(
        _ change: (inout OAuthProvider) -> Void = { _ in }
    ) throws -> HTTPRequestMessage {
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        change(&provider)
        return try TokenRequest(
            provider: provider,
            client: ClientCredentials(id: "id:1", secret: Secret("s3cret+with/odd:chars%&=end")),
            grant: .authorizationCode(
                code: Secret("the code"),
                redirectURI: "https://us.example/cb",
                verifier: CodeVerifier(Secret("the-verifier"))
            )
        ).message(fresh: Freshness(now: 0, random: []))
    }

    private func header(_ name: String, _ message: HTTPRequestMessage) -> String? {
        message.headers.first { $0.name == name }?.value
    }

    private func body(_ message: HTTPRequestMessage) -> String { String(decoding: message.body ?? [], as: UTF8.self) }

    @Test func `a form with the RFC's names`() throws {
        let message = try message()
        #expect(message.method == "POST")
        #expect(message.url == "https://p.example/t")
        #expect(header("Content-Type", message) == "application/x-www-form-urlencoded")
        #expect(
            body(message)
                == "grant_type=authorization_code&code=the%20code&redirect_uri=https%3A%2F%2Fus.example%2Fcb&code_verifier=the-verifier"
        )
    }

    /// RFC 6749 §2.3.1: form-encoded first, then Base64.
    @Test func `Basic credentials are encoded, or raw where a server wants them so`() throws {
        #expect(
            try header("Authorization", message())
                == "Basic aWQlM0ExOnMzY3JldCUyQndpdGglMkZvZGQlM0FjaGFycyUyNSUyNiUzRGVuZA=="
        )
        let raw = try message { $0.encodesBasicCredentials = false }
        #expect(header("Authorization", raw) == "Basic aWQ6MTpzM2NyZXQrd2l0aC9vZGQ6Y2hhcnMlJj1lbmQ=")
    }

    @Test func `credentials in the body leave the header out, and a public client has no secret`() throws {
        let post = try message { $0.clientAuthentication = .clientSecretPost }
        #expect(header("Authorization", post) == nil)
        #expect(body(post).contains("client_id=id%3A1&client_secret=s3cret%2Bwith%2Fodd%3Achars%25%26%3Dend"))
        let none = try message { $0.clientAuthentication = .none }
        #expect(header("Authorization", none) == nil)
        #expect(body(none).contains("client_id=id%3A1"))
        #expect(!body(none).contains("secret"))
    }

    @Test func `a JSON body, other names and extra headers`() throws {
        let message = try message {
            $0.bodyFormat = .json
            $0.parameterNames = ["code": "auth_code"]
            $0.tokenHeaders = ["Notion-Version": "2026-03-11"]
            $0.tokenParameters = ["extra": "1"]
        }
        let json = try JSON.parse(message.body ?? [])
        #expect(json["auth_code"] == "the code")
        #expect(json["code"] == nil)
        #expect(json["extra"] == "1")
        #expect(header("Notion-Version", message) == "2026-03-11")
    }
}
