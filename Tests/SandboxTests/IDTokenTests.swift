import StrictJSON
import Testing

@testable import Sandbox

/// Algorithms, flaws and keys of the `id_token`.
@Suite struct IDTokenTests {
    @Test(arguments: SignatureAlgorithm.allCases.filter { $0 != .hs256 })
    func everyAlgorithmVerifies(_ algorithm: SignatureAlgorithm) async throws {
        try await withSandbox(quirks { $0.idTokenAlgorithm = algorithm }) { driver in
            let token = try IDToken(await driver.tokens())
            #expect(token.header["alg"]?.string == algorithm.rawValue)
            #expect(try token.verifies(with: try await driver.keys()))
        }
    }

    @Test func hashOfTheAccessTokenIsRightUnlessFlawed() async throws {
        for (algorithm, length) in [(SignatureAlgorithm.rs256, 22), (.es384, 32), (.edDSA, 43)] {
            try await withSandbox(quirks { $0.idTokenAlgorithm = algorithm }) { driver in
                let tokens = try await driver.tokens()
                let hash = try IDToken(tokens).claims["at_hash"]?.string
                #expect(hash == Base64URL.encode(algorithm.hash.leftHalf(of: tokens.accessToken)))
                #expect(hash?.count == length)
            }
        }
        let flawed = try await claims(.wrongAccessTokenHash)
        #expect(flawed["at_hash"]?.string == "AAAAAAAAAAAAAAAAAAAAAA")
    }

    @Test func sharedSecretSignsToo() async throws {
        try await withSandbox(quirks { $0.idTokenAlgorithm = .hs256 }) { driver async throws in
            #expect(try IDToken(await driver.tokens()).verifies(secret: SandboxDriver.secret))
        }
        let flawed = quirks {
            $0.idTokenAlgorithm = .hs256
            $0.idToken = .wrongSignature
        }
        try await withSandbox(flawed) { driver async throws in
            #expect(try !IDToken(await driver.tokens()).verifies(secret: SandboxDriver.secret))
        }
    }

    @Test(arguments: [IDTokenFlaw.wrongSignature, .unknownKey, .embeddedKey], [SignatureAlgorithm.rs256, .es256])
    func badSignaturesDoNotVerify(_ flaw: IDTokenFlaw, _ algorithm: SignatureAlgorithm) async throws {
        let quirks = quirks {
            $0.idToken = flaw
            $0.idTokenAlgorithm = algorithm
        }
        try await withSandbox(quirks) { driver in
            let token = try IDToken(await driver.tokens())
            #expect(try !token.verifies(with: try await driver.keys()))
            var embedded = token.header["jwk"]?.object ?? JSON.Object()
            embedded["kid"] = token.header["kid"]
            #expect(try token.verifies(with: [.object(embedded)]) == (flaw == .embeddedKey))
        }
    }

    @Test func unsignedOneSaysSo() async throws {
        try await withSandbox(quirks { $0.idToken = .unsigned }) { driver in
            let text = try await driver.tokens().json["id_token"]?.string
            #expect(text?.hasSuffix(".") == true)
            #expect(text?.hasPrefix(Base64URL.encode(#"{"alg":"none","#.utf8)) == true)
        }
    }

    @Test func confusionUsesThePublicKeyAsSecret() async throws {
        for algorithm in [SignatureAlgorithm.rs256, .es256] {
            let quirks = quirks {
                $0.idToken = .algorithmConfusion
                $0.idTokenAlgorithm = algorithm
            }
            try await withSandbox(quirks) { driver in
                let token = try IDToken(await driver.tokens())
                #expect(token.header["alg"]?.string == "HS256")
                #expect(token.header["kid"] != nil)
                #expect(!token.verifies(secret: SandboxDriver.secret))
            }
        }
    }

    @Test func criticalHeaderIsNamed() async throws {
        try await withSandbox(quirks { $0.idToken = .criticalHeader }) { driver in
            let token = try IDToken(await driver.tokens())
            let name = try #require(token.header["crit"]?.array?.first?.string)
            #expect(token.header[name] != nil)
        }
    }

    @Test(arguments: [
        (IDTokenFlaw.wrongIssuer, ["iss"]), (.missingIssuer, ["iss"]), (.wrongAudience, ["aud"]),
        (.missingAudience, ["aud"]), (.extraAudience, ["aud", "azp"]), (.wrongAuthorizedParty, ["aud", "azp"]),
        (.multipleAudiencesWithoutAuthorizedParty, ["aud"]), (.missingSubject, ["sub"]), (.otherSubject, ["sub"]),
        (.missingIssuedAt, ["iat"]), (.futureIssuedAt, ["iat", "exp"]), (.expired, ["exp"]),
        (.missingExpiry, ["exp"]), (.wrongNonce, ["nonce"]), (.missingNonce, ["nonce"]),
        (.unverifiedEmail, ["email_verified"]),
    ])
    func flawChangesItsClaimsOnly(_ flaw: IDTokenFlaw, changed: [String]) async throws {
        let sound = try await claims(.none)
        let flawed = try await claims(flaw)
        for name in ["iss", "aud", "azp", "sub", "iat", "exp", "nonce", "email", "email_verified"] {
            #expect((flawed[name] != sound[name]) == changed.contains(name), "\(name)")
        }
    }

    private func claims(_ flaw: IDTokenFlaw) async throws -> JSON {
        try await valueFromSandbox(quirks { $0.idToken = flaw }) { try await IDToken($0.tokens()).claims }
    }

    @Test func keysAreFoundWithoutAName() async throws {
        for flaw in [IDTokenFlaw.withoutKeyID, .keyAbsentIDWithSeveralKeys] {
            try await withSandbox(quirks { $0.idToken = flaw }) { driver in
                let token = try IDToken(await driver.tokens())
                let keys = try await driver.keys()
                #expect(token.header["kid"] == nil)
                #expect(try token.verifies(with: keys))
                let fitting = keys.filter { $0["kty"]?.string == "RSA" }
                #expect(fitting.count == (flaw == .withoutKeyID ? 1 : 2))
                #expect(try token.verifies(with: [try #require(fitting.first)]) == (flaw == .withoutKeyID))
            }
        }
    }

    @Test func aStrangeKeyMayStandFirst() async throws {
        try await withSandbox(quirks { $0.idToken = .strangeKeyFirst }) { driver in
            let keys = try await driver.keys()
            #expect(keys.first?["kty"]?.string == "AKP")
            #expect(try IDToken(await driver.tokens()).verifies(with: keys))
        }
    }

    @Test func keySetHasPublicMembersOnly() async throws {
        try await withSandbox { driver in
            let keys = try await driver.keys()
            #expect(keys.count == KeyType.allCases.count)
            for name in ["d", "p", "q", "dp", "dq", "qi", "k"] { #expect(keys.allSatisfy { $0[name] == nil }) }
        }
    }
}
