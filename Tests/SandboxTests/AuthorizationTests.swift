import Testing

@testable import Sandbox

/// What the authorization endpoint refuses, and how it answers.
@Suite struct AuthorizationTests {
    @Test func sendsCodeStateAndIssuer() async throws {
        try await withSandbox { driver in
            let answer = try await driver.authorize()
            #expect(answer.status == 303)
            #expect(answer.location?.hasPrefix(SandboxDriver.callback + "?") == true)
            #expect(answer.callback?["code"]?.hasPrefix("sbx_code_") == true)
            #expect(answer.callback?["state"] == "st4te")
            #expect(answer.callback?["iss"] == SandboxDriver.issuer)
        }
    }

    @Test(
        arguments: [
            ["client_id": "nobody"], ["client_id": nil], ["redirect_uri": "https://app.example/callback/"],
            ["redirect_uri": "https://attacker.example/callback"],
        ] as [[String: String?]]
    )
    func neverRedirectsToAStranger(_ change: [String: String?]) async throws {
        try await withSandbox { driver in
            let answer = try await driver.authorize(SandboxDriver.authorizationQuery(changing: change))
            #expect(answer.status == 400)
            #expect(answer.location == nil)
        }
    }

    @Test func refusesARepeatedParameter() async throws {
        try await withSandbox { driver in
            let answer = try await driver.authorize(SandboxDriver.authorizationQuery() + "&state=other")
            #expect(answer.status == 400)
            #expect(answer.location == nil)
        }
    }

    @Test(
        arguments: [
            (["response_type": "token"], "unsupported_response_type"),
            (["response_mode": "fragment"], "invalid_request"),
            (["code_challenge": nil], "invalid_request"),
            (["code_challenge_method": "plain"], "invalid_request"),
            (["code_challenge": "short"], "invalid_request"),
            (["scope": "openid,email"], "invalid_scope"),
        ] as [([String: String?], String)]
    )
    func tellsTheClientWhatIsWrong(_ change: [String: String?], error: String) async throws {
        try await withSandbox { driver in
            let answer = try await driver.authorize(SandboxDriver.authorizationQuery(changing: change))
            #expect(answer.callback?["error"] == error)
            #expect(answer.callback?["state"] == "st4te")
            #expect(answer.callback?["code"] == nil)
        }
    }

    @Test func promptNoneNeverShowsAPage() async throws {
        try await withSandbox(pages: true) { driver in
            let answer = try await driver.authorize(SandboxDriver.authorizationQuery(changing: ["prompt": "none"]))
            #expect(answer.callback?["error"] == "login_required")
        }
    }

    @Test func formPostCarriesTheAnswerInAForm() async throws {
        try await withSandbox { driver in
            let query = SandboxDriver.authorizationQuery(changing: ["response_mode": "form_post"])
            let answer = try await driver.authorize(query)
            #expect(answer.status == 200)
            #expect(answer.text.contains(#"<form method="post" action="https://app.example/callback""#))
            #expect(answer.text.contains(#"name="state" value="st4te""#))
        }
    }
}
