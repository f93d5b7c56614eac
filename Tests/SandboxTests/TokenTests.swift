import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Codes, refresh tokens and their rules.
@Suite struct TokenTests {
    @Test func answersAsTheRFCSays() async throws {
        try await withSandbox { driver in
            let answer = try await driver.tokens()
            #expect(answer.status == 200)
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.json["token_type"]?.string == "Bearer")
            #expect(answer.json["expires_in"]?.integer == 3600)
            #expect(answer.json["scope"]?.string == "openid profile email")
            #expect(answer.refreshToken?.hasPrefix("sbx_rt_") == true)
        }
    }

    @Test func replayedCodeEndsTheGrant() async throws {
        try await withSandbox { driver in
            let code = try await driver.code()
            let first = try await driver.exchange(code)
            #expect(try await driver.exchange(code).error == "invalid_grant")
            #expect(try await driver.get("/userinfo", bearer: first.accessToken).status == 401)
            #expect(try await driver.refresh(first.refreshToken ?? "").error == "invalid_grant")
        }
    }

    @Test func codeNeedsItsVerifierRedirectURIAndYouth() async throws {
        try await withSandbox { driver in
            let wrong = String(repeating: "w", count: 43)
            #expect(try await driver.exchange(driver.code(), verifier: wrong).error == "invalid_grant")
            let pairs = [
                ("grant_type", "authorization_code"), ("code", try await driver.code()),
                ("code_verifier", SandboxDriver.verifier),
            ]
            #expect(try await driver.token(pairs).error == "invalid_grant")
            let late = try await driver.code()
            driver.clock.advance(60)
            #expect(try await driver.exchange(late).error == "invalid_grant")
        }
    }

    @Test func accessTokenExpires() async throws {
        try await withSandbox(quirks { $0.accessTokenLifetime = 20 }) { driver in
            let tokens = try await driver.tokens()
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 200)
            driver.clock.advance(20)
            let refused = try await driver.get("/userinfo", bearer: tokens.accessToken)
            #expect(refused.status == 401)
            #expect(refused.header("WWW-Authenticate")?.contains("invalid_token") == true)
        }
    }

    @Test func clientCredentialsGiveNoRefreshToken() async throws {
        try await withSandbox { driver in
            let answer = try await driver.token([("grant_type", "client_credentials"), ("scope", "notes:read")])
            #expect(answer.status == 200)
            #expect(answer.refreshToken == nil)
            #expect(answer.json["scope"]?.string == "notes:read")
        }
    }

    @Test(
        arguments: [
            ([("grant_type", "password")], "unsupported_grant_type"), ([], "invalid_request"),
            ([("grant_type", "authorization_code")], "invalid_request"),
            ([("grant_type", "refresh_token"), ("refresh_token", "made up")], "invalid_grant"),
            ([("grant_type", "refresh_token"), ("grant_type", "refresh_token")], "invalid_request"),
        ] as [([(String, String)], String)]
    )
    func refusesMalformedRequests(_ pairs: [(String, String)], error: String) async throws {
        try await withSandbox { driver in
            let answer = try await driver.token(pairs)
            #expect(answer.status == 400)
            #expect(answer.error == error)
        }
    }

    @Test func revocationEndsTheWholeGrant() async throws {
        try await withSandbox { driver in
            let tokens = try await driver.tokens()
            let form = FormParameters([("token", tokens.refreshToken ?? "")])
            let answer = try await driver.send(.post, "/revoke", form: form, headers: SandboxDriver.basic())
            #expect(answer.status == 200)
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 401)
            let unknown = FormParameters([("token", "unknown")])
            #expect(
                try await driver.send(.post, "/revoke", form: unknown, headers: SandboxDriver.basic()).status == 200
            )
            #expect(try await driver.send(.post, "/revoke", form: form).status == 401)
        }
    }

    @Test func introspectionTellsLifeAndDeath() async throws {
        try await withSandbox { driver in
            let tokens = try await driver.tokens()
            let form = FormParameters([("token", tokens.accessToken)])
            let alive = try await driver.send(.post, "/introspect", form: form, headers: SandboxDriver.basic())
            #expect(alive.json["active"]?.bool == true)
            #expect(alive.json["username"]?.string == "ada")
            driver.clock.advance(3600)
            let dead = try await driver.send(.post, "/introspect", form: form, headers: SandboxDriver.basic())
            #expect(dead.text == #"{"active":false}"#)
        }
    }
}
