import OAuth
import Testing

@Suite struct AuthorizationResponseTests {
    private static let state = "0123456789abcdef"

    private func provider(_ change: (inout OAuthProvider) -> Void = { _ in }) -> OAuthProvider {
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        provider.endpoints.issuer = "https://p.example"
        change(&provider)
        return provider
    }

    @Test(arguments: [
        "", "code=c", "state=short&code=c", "state=\(state)&state=\(state)&code=c", "state=\(state)&code=a&code=b",
        "state=\(state)&iss=a&iss=b", "state=\(state)&error=a&error=b", "state=\(state)&code[]=c",
        "state=\(state)&code=%zz",
        "state=\(state)&code=" + String(repeating: "a", count: 20000),
    ])
    func `a malformed query is refused before anything is looked up`(query: String) {
        #expect(throws: OAuthError.malformedCallback) { try AuthorizationResponse(query: query) }
    }

    @Test(arguments: [
        ("code=abc", Result<String, OAuthError>.success("abc")),
        ("code=abc&iss=https%3A%2F%2Fp.example", .success("abc")),
        ("code=abc&iss=https%3A%2F%2Fp.example%2F", .failure(.issuerMismatch)),
        ("code=abc&iss=https%3A%2F%2FP.example", .failure(.issuerMismatch)),
        ("error=access_denied&iss=https%3A%2F%2Fevil.example", .failure(.issuerMismatch)),
        ("error=access_denied", .failure(.provider(ProviderError(code: "access_denied", description: nil)))),
        ("code=", .failure(.missingCode)),
        ("code=a%0Ab", .failure(.missingCode)),
        ("scope=x", .failure(.missingCode)),
    ])
    func `issuer first, then error, then code`(query: String, expected: Result<String, OAuthError>) throws {
        let response = try AuthorizationResponse(query: "state=\(Self.state)&\(query)")
        let outcome = Result { () throws(OAuthError) in try response.code(expecting: provider()) }
        #expect(outcome == expected)
    }

    @Test func `an issuer that is due and missing is a mismatch`() throws {
        let response = try AuthorizationResponse(query: "state=\(Self.state)&code=abc")
        #expect(throws: OAuthError.issuerMismatch) {
            try response.code(expecting: provider { $0.endpoints.requiresIssuer = true })
        }
    }

    @Test func `a separator is one whatever follows it`() throws {
        let response = try AuthorizationResponse(query: "state=\(Self.state)&\u{301}a=\u{301}b&code=abc")
        #expect(response.parameters.pairs.map(\.name) == ["state", "\u{301}a", "code"])
        #expect(response.parameters["\u{301}a"] == "\u{301}b")
        #expect(try response.code(expecting: provider()) == "abc")
    }

    @Test func `the code may have another name`() throws {
        let response = try AuthorizationResponse(query: "state=\(Self.state)&spapi_oauth_code=abc")
        #expect(try response.code(expecting: provider { $0.codeParameter = "spapi_oauth_code" }) == "abc")
    }

    @Test func `an error text is made safe`() {
        let error = ProviderError(
            code: "x\r\ny",
            description: "<b>\u{202E}\"quoted\"</b>" + String(repeating: "z", count: 500)
        )
        #expect(error.code == "x y")
        #expect(error.description?.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) } == true)
        #expect((error.description?.count ?? 0) <= 200)
    }
}
