import OAuth
import StrictJSON
import Testing

@Suite struct TokenResponseTests {
    private func read(
        _ body: String,
        status: Int = 200,
        contentType: String = "application/json",
        _ change: (inout OAuthProvider) -> Void = { _ in }
    ) throws(OAuthError) -> TokenResponse {
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        change(&provider)
        let response = HTTPResponseMessage(status: status, contentType: contentType, body: Array(body.utf8))
        return try TokenResponse(response, from: provider)
    }

    @Test func `the answer of RFC 6749 §5.1`() throws {
        let response = try read(
            #"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example"}"#.replacing("example", with: "bearer")
        )
        #expect(response.accessToken.reveal() == "2YotnFZFEjr1zCsicMWpAA")
        #expect(response.refreshToken == nil)
        #expect(response.expiresIn == nil)
        #expect(response.scopes == nil)
    }

    @Test(arguments: [
        ("3600", 3600), (#""3600""#, 3600), ("3600.0", 3600), ("-1", nil), ("0", nil), ("0.5", nil), ("1e300", nil),
        (#""soon""#, nil),
        ("null", nil), ("315360001", nil),
    ])
    func `expires_in`(text: String, seconds: Int?) throws {
        #expect(try read(#"{"access_token":"A","expires_in":\#(text)}"#).expiresIn == seconds)
    }

    @Test(arguments: [
        ("", 200, OAuthError.malformedTokenResponse(.notJSON)),
        ("<html>", 200, .malformedTokenResponse(.notJSON)),
        ("[1]", 200, .malformedTokenResponse(.notJSON)),
        ("{}", 200, .malformedTokenResponse(.missingAccessToken)),
        (#"{"access_token":""}"#, 200, .malformedTokenResponse(.missingAccessToken)),
        (#"{"access_token":1}"#, 200, .malformedTokenResponse(.missingAccessToken)),
        (#"{"access_token":"A\r\nX: 1"}"#, 200, .malformedTokenResponse(.unusableToken)),
        (#"{"access_token":"A B"}"#, 200, .malformedTokenResponse(.unusableToken)),
        (#"{"access_token":"A","refresh_token":"é"}"#, 200, .malformedTokenResponse(.unusableToken)),
        (#"{"access_token":"A","access_token":"B"}"#, 200, .malformedTokenResponse(.duplicateMember)),
        (#"{"access_token":"A","token_type":"mac"}"#, 200, .malformedTokenResponse(.unusableTokenType)),
        (#"{"access_token":"A"}"#, 201, .tokenEndpointStatus(201)),
        ("", 400, .tokenEndpointStatus(400)),
        ("<html>", 500, .tokenEndpointStatus(500)),
        (#"{"error":"invalid_grant"}"#, 400, .provider(ProviderError(code: "invalid_grant", description: nil))),
        (#"{"error":"invalid_grant"}"#, 200, .provider(ProviderError(code: "invalid_grant", description: nil))),
        (
            #"{"error":"bad","error_description":"why","access_token":"A"}"#, 200,
            .provider(ProviderError(code: "bad", description: "why"))
        ),
        (
            #"{"error":{"type":"OAuthException","message":"no"}}"#, 400,
            .provider(ProviderError(code: "OAuthException", description: "no"))
        ),
        (String(repeating: " ", count: 70000), 200, .malformedTokenResponse(.tooLarge)),
        (String(repeating: "[", count: 50000), 200, .malformedTokenResponse(.notJSON)),
    ])
    func `what is not believed`(body: String, status: Int, error: OAuthError) {
        #expect(throws: error) { try read(body, status: status) }
    }

    @Test func `a form answer is read by its content type`() throws {
        let form = "application/x-www-form-urlencoded; charset=utf-8"
        let response = try read("access_token=gho_x&scope=a%2Cb&token_type=bearer", contentType: form) {
            $0.scopeSeparator = ","
        }
        #expect(response.accessToken.reveal() == "gho_x")
        #expect(response.scopes == ["a", "b"])
        #expect(throws: OAuthError.provider(ProviderError(code: "bad_verification_code", description: nil))) {
            try read("error=bad_verification_code", contentType: form)
        }
    }

    @Test func `members may be elsewhere, and some are kept`() throws {
        let response = try read(
            #"{"ok":true,"authed_user":{"access_token":"U","exp":7200000},"team":{"id":"T1"},"other":1}"#
        ) {
            $0.tokenResponse.accessToken = "authed_user.access_token"
            $0.tokenResponse.expiresIn = "authed_user.exp"
            $0.tokenResponse.expiresInUnit = .milliseconds
            $0.tokenResponse.successFlag = "ok"
            $0.keepFromToken = ["team.id"]
        }
        #expect(response.accessToken.reveal() == "U")
        #expect(response.expiresIn == 7200)
        #expect(response.data == ["team.id": "T1"])
    }

    @Test func `a false success flag is an error whatever else is there`() {
        #expect(throws: OAuthError.provider(ProviderError(code: "error", description: nil))) {
            try read(#"{"ok":false,"access_token":"A"}"#) { $0.tokenResponse.successFlag = "ok" }
        }
    }
}
