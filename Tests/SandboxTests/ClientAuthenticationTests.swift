import Foundation
import StrictJSON
import Testing

@testable import Sandbox

private let posted = [("client_id", SandboxDriver.clientID), ("client_secret", SandboxDriver.secret)]
private let grant = [("grant_type", "client_credentials")]

/// Who may use the token endpoint (RFC 6749 §2.3).
@Suite struct ClientAuthenticationTests {
    @Test func basicIsFormDecodedUnlessRaw() async throws {
        try await withSandbox { driver async throws in
            #expect(try await driver.token(grant).status == 200)
            let raw = SandboxDriver.basic(encoded: false)
            #expect(try await driver.token(grant, headers: raw).error == "invalid_client")
        }
        try await withSandbox(quirks { $0.rawBasicCredentials = true }) { driver async throws in
            let raw = SandboxDriver.basic(encoded: false)
            #expect(try await driver.token(grant, headers: raw).status == 200)
            #expect(try await driver.token(grant).error == "invalid_client")
        }
    }

    @Test(arguments: [
        (ClientAuthenticationPolicy.basicOrPost, 200, 200), (.basic, 200, 401), (.post, 401, 200),
    ])
    func policyDecides(_ policy: ClientAuthenticationPolicy, basic: Int, post: Int) async throws {
        try await withSandbox(quirks { $0.clientAuthentication = policy }) { driver async throws in
            #expect(try await driver.token(grant).status == basic)
            #expect(try await driver.token(grant + posted, headers: [:]).status == post)
        }
    }

    @Test func refusesTwoMethodsAtOnceAndWrongSecrets() async throws {
        try await withSandbox { driver in
            #expect(try await driver.token(grant + posted).error == "invalid_request")
            let wrong = try await driver.token(grant, headers: SandboxDriver.basic("app", "wrong"))
            #expect(wrong.status == 401)
            #expect(wrong.error == "invalid_client")
            #expect(wrong.header("WWW-Authenticate")?.hasPrefix("Basic") == true)
            #expect(try await driver.token(grant, headers: [:]).status == 401)
        }
    }

    @Test func publicClientProvesItselfByItsVerifier() async throws {
        try await withSandbox(secret: nil) { driver in
            let code = try await driver.code()
            let pairs = [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SandboxDriver.callback),
                ("client_id", SandboxDriver.clientID),
            ]
            let proven = pairs + [("code_verifier", SandboxDriver.verifier)]
            #expect(try await driver.token(proven, headers: [:]).status == 200)
            #expect(try await driver.token(grant + posted.prefix(1), headers: [:]).error == "unauthorized_client")
        }
    }
}
