import Foundation
import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let grant = [("grant_type", "client_credentials")]

/// Client authentication by a signed assertion (RFC 7523).
@Suite struct ClientAssertionTests {
    private let key: SigningKey

    init() throws { key = try SigningKey(.p256) }

    @Test(arguments: [(KeyType.p256, SignatureAlgorithm.es256), (.rsa, .rs256), (.rsa, .ps256), (.ed25519, .edDSA)])
    func keysOfThreeTypesProveTheClient(_ type: KeyType, _ algorithm: SignatureAlgorithm) async throws {
        let key = try SigningKey(type)
        try await withSandbox(assertions(), secret: nil, publicKeys: [try key.publicKey()]) { driver async throws in
            let assertion = try Assertion(driver).parameters(key, algorithm)
            #expect(try await driver.token(grant + assertion, headers: [:]).status == 200)
            let log = try await driver.send(.get, "/control/requests?endpoint=token").json
            #expect(log.value(at: "requests.0.authentication")?.string == "private_key_jwt")
            let other = try Assertion(driver).parameters(try SigningKey(type), algorithm)
            #expect(try await driver.token(grant + other, headers: [:]).error == "invalid_client")
        }
    }

    @Test func everyClaimIsChecked() async throws {
        try await withSandbox(assertions(), publicKeys: [try key.publicKey()]) { driver async throws in
            func status(_ change: (inout Assertion) -> Void) async throws -> Int {
                var assertion = Assertion(driver)
                change(&assertion)
                return try await driver.token(grant + assertion.parameters(key, .es256), headers: [:]).status
            }
            let now = Int(driver.clock.now().timeIntervalSince1970)
            #expect(try await status { _ in } == 200)
            #expect(try await status { $0.claims["iss"] = "other" } == 401)
            #expect(try await status { $0.claims["sub"] = "other" } == 401)
            #expect(try await status { $0.claims["aud"] = "https://other.example" } == 401)
            #expect(try await status { $0.claims["aud"] = [.string(SandboxDriver.issuer)] } == 401)
            #expect(try await status { $0.claims["exp"] = JSON(now) } == 401)
            #expect(try await status { $0.claims["exp"] = JSON(now + 300) } == 200)
            #expect(try await status { $0.claims["exp"] = JSON(now + 301) } == 401)
            #expect(try await status { $0.claims["exp"] = nil } == 401)
            #expect(try await status { $0.claims["jti"] = nil } == 401)
            #expect(try await status { $0.header["kid"] = "other" } == 401)
            #expect(try await status { $0.header["kid"] = nil } == 200)
            #expect(try await status { $0.header["crit"] = ["x"] } == 401)
            #expect(try await status { $0.header["alg"] = "HS256" } == 401)
            #expect(try await status { $0.type = "other" } == 401)
        }
    }

    @Test func isUsedOnce() async throws {
        try await withSandbox(assertions(), publicKeys: [try key.publicKey()]) { driver in
            let pairs = try grant + Assertion(driver).parameters(key, .es256)
            #expect(try await driver.token(pairs, headers: [:]).status == 200)
            #expect(try await driver.token(pairs, headers: [:]).error == "invalid_client")
        }
    }

    @Test(arguments: [
        (AssertionAudience.issuer, "", true), (.issuer, "/token", false), (.endpoint, "", false),
        (.endpoint, "/token", true), (.endpoint, "/revoke", false), (.either, "", true), (.either, "/token", true),
    ])
    func audienceIsAQuirk(_ kind: AssertionAudience, path: String, isAccepted: Bool) async throws {
        try await withSandbox(assertions { $0.assertionAudience = kind }, publicKeys: [try key.publicKey()]) {
            driver async throws in
            let pairs = try grant + Assertion(driver, audience: SandboxDriver.issuer + path).parameters(key, .es256)
            #expect(try await driver.token(pairs, headers: [:]).status == (isAccepted ? 200 : 401))
        }
    }

    @Test func servesAtTheOtherEndpoints() async throws {
        let quirks = assertions { $0.assertionAudience = .endpoint }
        try await withSandbox(quirks, publicKeys: [try key.publicKey()]) { driver in
            for (path, status) in [("/par", 201), ("/revoke", 200), ("/introspect", 200)] {
                let assertion = try Assertion(driver, audience: SandboxDriver.issuer + path).parameters(key, .es256)
                var form = FormParameters(parsing: SandboxDriver.authorizationQuery())
                for (name, value) in assertion + [("token", "unknown")] { form.append(name, value) }
                #expect(try await driver.send(.post, path, form: form).status == status, "\(path)")
            }
        }
    }

    @Test func secretsAndAssertionsExcludeEachOther() async throws {
        try await withSandbox(assertions(), publicKeys: [try key.publicKey()]) { driver async throws in
            #expect(try await driver.token(grant).error == "invalid_client")
            let both = try grant + Assertion(driver).parameters(key, .es256)
            #expect(try await driver.token(both).error == "invalid_request")
        }
        try await withSandbox(publicKeys: [try key.publicKey()]) { driver async throws in
            let pairs = try grant + Assertion(driver).parameters(key, .es256)
            #expect(try await driver.token(pairs, headers: [:]).error == "invalid_client")
            let base = MetadataVariant.assertionsOnly.path
            let issuer = SandboxDriver.issuer + base
            let there = try grant + Assertion(driver, audience: issuer).parameters(key, .es256)
            #expect(try await driver.token(there, at: base, headers: [:]).status == 200)
        }
    }

    @Test func keysAreRegisteredByTheControlAPI() async throws {
        try await withSandbox(assertions()) { driver async throws in
            let patch: JSON = ["jwks": ["keys": [try key.publicKey()]]]
            #expect(try await driver.send(.patch, "/control/clients/app", body: patch.text).status == 200)
            let pairs = try grant + Assertion(driver).parameters(key, .es256)
            #expect(try await driver.token(pairs, headers: [:]).status == 200)
            let wrong = #"{"jwks":{"keys":[{"kty":"oct","k":"AAAA"}]}}"#
            #expect(try await driver.send(.patch, "/control/clients/app", body: wrong).status == 400)
        }
    }
}

private func assertions(_ change: (inout Quirks) -> Void = { _ in }) -> Quirks {
    quirks {
        $0.clientAuthentication = .privateKeyJWT
        change(&$0)
    }
}

/// A sound assertion, to be made unsound.
private struct Assertion {
    var header: JSON.Object = [:]
    var claims: JSON.Object
    var type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    init(_ driver: SandboxDriver, audience: String = SandboxDriver.issuer) {
        claims = [
            "iss": .string(SandboxDriver.clientID), "sub": .string(SandboxDriver.clientID), "aud": .string(audience),
            "exp": JSON(Int(driver.clock.now().timeIntervalSince1970) + 60), "jti": .string(RandomToken.make("jti")),
        ]
    }

    func parameters(_ key: SigningKey, _ algorithm: SignatureAlgorithm) throws -> [(String, String)] {
        var header: JSON.Object = ["alg": .string(algorithm.rawValue)]
        for member in self.header.members { header[member.name] = member.value }
        let assertion = try key.sign(.object(claims), header: .object(header), algorithm: algorithm)
        return [("client_assertion_type", type), ("client_assertion", assertion)]
    }
}
