import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// The pages between the request and its answer.
@Suite struct SignInTests {
    @Test func leadsFromSignInOverConsentToACode() async throws {
        try await withSandbox(pages: true) { driver in
            let signIn = try await driver.authorize()
            #expect(signIn.text.contains("Continue as Ada Lovelace"))
            let consent = try await driver.signIn(on: signIn)
            #expect(consent.text.contains("See your email address"))
            let answer = try await driver.decide(on: consent, "allow", scopes: ["openid", "email"])
            let tokens = try await driver.exchange(try #require(answer.callback?["code"]))
            #expect(tokens.json["scope"]?.string == "openid email")
        }
    }

    @Test func grantsNothingThatWasNotAskedFor() async throws {
        try await withSandbox(pages: true) { driver in
            let consent = try await driver.signIn(on: driver.authorize())
            let answer = try await driver.decide(on: consent, "allow", scopes: ["openid", "admin"])
            let tokens = try await driver.exchange(try #require(answer.callback?["code"]))
            #expect(tokens.json["scope"]?.string == "openid")
        }
    }

    @Test func denialIsToldAndTheTransactionIsOver() async throws {
        try await withSandbox(pages: true) { driver in
            let consent = try await driver.signIn(on: driver.authorize())
            let answer = try await driver.decide(on: consent, "deny")
            #expect(answer.callback?["error"] == "access_denied")
            #expect(try await driver.decide(on: consent, "allow").status == 400)
        }
    }

    @Test(arguments: [("ada", "ada", 303), ("ada", "wrong", 400), ("nobody", "ada", 400), ("ada", "", 400)])
    func checksThePassword(_ username: String, _ password: String, status: Int) async throws {
        try await withSandbox(pages: true) { driver in
            let handle = try #require(try await driver.authorize().transaction)
            let form = FormParameters([("transaction", handle), ("username", username), ("password", password)])
            #expect(try await driver.send(.post, "/authorize/sign-in", form: form).status == status)
        }
    }

    @Test func consentNeedsASignIn() async throws {
        try await withSandbox(pages: true) { driver in
            let signIn = try await driver.authorize()
            let answer = try await driver.decide(on: signIn, "allow", scopes: ["openid"])
            #expect(answer.location == nil)
            #expect(answer.text.contains("Continue as Ada Lovelace"))
        }
    }

    @Test func rememberedBrowserSkipsTheSignIn() async throws {
        try await withSandbox(pages: true) { driver in
            let handle = try #require(try await driver.authorize().transaction)
            let form = FormParameters([("transaction", handle), ("persona", "grace")])
            let signedIn = try await driver.send(.post, "/authorize/sign-in", form: form)
            let cookie = try #require(signedIn.header("Set-Cookie")?.split(separator: ";").first)
            let query = SandboxDriver.authorizationQuery()
            let page = try await driver.send(.get, "/authorize?" + query, headers: ["Cookie": String(cookie)])
            #expect(page.text.contains("grace@sandbox.example"))
            #expect(page.text.contains(">Allow<"))
        }
    }

    @Test func signInEndsAfterTenMinutes() async throws {
        try await withSandbox(pages: true) { driver in
            let consent = try await driver.signIn(on: driver.authorize())
            driver.clock.advance(601)
            #expect(try await driver.decide(on: consent, "allow").status == 400)
        }
    }
}
