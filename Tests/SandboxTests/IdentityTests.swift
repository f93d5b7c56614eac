import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// The identity side: `id_token`, userinfo and API keys.
@Suite struct IdentityTests {
    @Test func idTokenVerifiesWithThePublishedKey() async throws {
        try await withSandbox { driver in
            let token = try IDToken(await driver.tokens())
            #expect(try token.verifies(with: try await driver.keys()))
            #expect(token.claims["iss"]?.string == SandboxDriver.issuer)
            #expect(token.claims["aud"]?.string == SandboxDriver.clientID)
            #expect(token.claims["nonce"]?.string == "n0nce")
            #expect(token.claims["email"]?.string == "ada@sandbox.example")
        }
    }

    @Test func noIDTokenWithoutOpenID() async throws {
        try await withSandbox { driver in
            let answer = try await driver.tokens(SandboxDriver.authorizationQuery(scope: "profile"))
            #expect(answer.json["id_token"] == nil)
        }
    }

    @Test func userinfoShowsWhatWasGranted() async throws {
        try await withSandbox { driver in
            let all = try await driver.get("/userinfo", bearer: driver.tokens().accessToken)
            #expect(all.json["email"]?.string == "ada@sandbox.example")
            let query = SandboxDriver.authorizationQuery(scope: "openid")
            let few = try await driver.get("/userinfo", bearer: driver.tokens(query).accessToken)
            #expect(few.text == #"{"sub":"sandbox-user-1"}"#)
        }
        try await withSandbox(quirks { $0.userinfoSubject = "other" }) { driver in
            let answer = try await driver.get("/userinfo", bearer: driver.tokens().accessToken)
            #expect(answer.json["sub"]?.string == "other")
        }
    }

    @Test func whoamiTakesKeysPasswordsAndTokens() async throws {
        try await withSandbox { driver in
            let token = try await driver.tokens().accessToken
            #expect(try await driver.get("/api/whoami", bearer: token).json["via"]?.string == "access_token")
            let key = try await driver.get("/api/whoami", bearer: "sk_sandbox_grace_1906")
            #expect(key.json["email"]?.string == "grace@sandbox.example")
            for (name, password, status) in [("ada", "ada", 200), ("ada", "no", 401), ("sk_sandbox_ada_1815", "", 200)]
            {
                let headers = SandboxDriver.basic(name, password)
                #expect(try await driver.send(.get, "/api/whoami", headers: headers).status == status)
            }
            #expect(try await driver.get("/api/whoami", bearer: "sk_sandbox_wrong").status == 401)
            #expect(try await driver.get("/api/sites", bearer: token).json.array?.count == 2)
        }
    }
}
