import Crypto
import Foundation
import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// The identity side: `id_token`, userinfo, API keys and discovery.
@Suite struct IdentityTests {
    @Test func idTokenVerifiesWithThePublishedKey() async throws {
        try await withSandbox { driver in
            let token = IDToken(try await driver.tokens())
            #expect(try await token.isSigned(by: driver))
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

    @Test(arguments: [IDTokenFlaw.wrongSignature, .unknownKey, .unsigned])
    func badSignaturesDoNotVerify(_ flaw: IDTokenFlaw) async throws {
        try await withSandbox(quirks { $0.idToken = flaw }) { driver async throws in
            #expect(try await !IDToken(driver.tokens()).isSigned(by: driver))
        }
    }

    @Test(arguments: [
        (IDTokenFlaw.wrongIssuer, "iss"), (.wrongAudience, "aud"), (.missingAudience, "aud"), (.extraAudience, "aud"),
        (.missingSubject, "sub"), (.otherSubject, "sub"), (.missingIssuedAt, "iat"), (.expired, "exp"),
        (.wrongNonce, "nonce"),
    ])
    func flawChangesOneClaim(_ flaw: IDTokenFlaw, claim: String) async throws {
        let sound = try await claims(.none)
        let flawed = try await claims(flaw)
        for name in ["iss", "aud", "sub", "iat", "exp", "nonce", "email"] {
            #expect((flawed[name] == sound[name]) == (name != claim), "\(name)")
        }
    }

    private func claims(_ flaw: IDTokenFlaw) async throws -> JSON {
        try await valueFromSandbox(quirks { $0.idToken = flaw }) { driver in IDToken(try await driver.tokens()).claims }
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

    @Test func discoveryNamesTheIssuerAndEndpoints() async throws {
        try await withSandbox { driver in
            for path in ["openid-configuration", "oauth-authorization-server"] {
                let metadata = try await driver.send(.get, "/.well-known/" + path).json
                #expect(metadata["issuer"]?.string == SandboxDriver.issuer)
                #expect(metadata["token_endpoint"]?.string == SandboxDriver.issuer + "/token")
                #expect(metadata["authorization_response_iss_parameter_supported"]?.bool == true)
            }
        }
    }
}

/// An `id_token` taken apart.
private struct IDToken {
    let parts: [String]
    let claims: JSON

    init(_ answer: Answer) {
        parts = (answer.json["id_token"]?.string ?? "").split(separator: ".").map(String.init)
        claims = parts.count > 1 ? (try? JSON.parse(Array(Self.decode(parts[1])))) ?? .null : .null
    }

    func isSigned(by driver: SandboxDriver) async throws -> Bool {
        let keys = try await driver.send(.get, "/jwks").json["keys"]?.array ?? []
        let key = try #require(keys.first)
        guard parts.count == 3 else { return false }
        let point = Self.decode(key["x"]?.string ?? "") + Self.decode(key["y"]?.string ?? "")
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: Self.decode(parts[2]))
        let input = Data((parts[0] + "." + parts[1]).utf8)
        return try P256.Signing.PublicKey(rawRepresentation: point).isValidSignature(signature, for: input)
    }

    private static func decode(_ text: String) -> Data {
        let base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.count % 4) % 4)
        return Data(base64Encoded: base64 + padding) ?? Data()
    }
}
