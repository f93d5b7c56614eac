import Crypto
import OAuth
import StrictJSON
import Testing

/// What odd and hostile providers do, by the names of the OpenID Foundation's conformance tests for relying parties.
@Suite struct RelyingPartyScenarioTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: IDTokenFault?
        let bend: @Sendable (inout SignIn) throws -> Void

        init(_ name: String, _ fault: IDTokenFault?, _ bend: @escaping @Sendable (inout SignIn) throws -> Void) {
            testDescription = name
            self.fault = fault
            self.bend = bend
        }
    }

    @Test(arguments: signatures + keys + claims + refreshes)
    func `is accepted, or refused for exactly this`(scenario: Scenario) throws {
        var signIn = try SignIn()
        try scenario.bend(&signIn)
        if let fault = scenario.fault {
            #expect(throws: fault) { try signIn.read() }
        } else {
            let token = try signIn.read()
            #expect(token.issuer == "https://p.example")
            #expect(token.subject == "24400320")
        }
    }

    private static let signatures = [
        Scenario("plain", nil) { _ in },
        Scenario("idtoken-sig-none", .algorithmNotAllowed) { $0.forge = .none },
        Scenario("idtoken-sig-none, everything else allowed", .algorithmNotAllowed) {
            $0.forge = .none
            $0.expectation.algorithms = Set(SignatureAlgorithm.allCases)
        },
        Scenario("invalid-sig-rs256", .badSignature) { $0.keys = [try .key(PublishedKeys.thumbprinted, id: "rsa")] },
        Scenario("invalid-sig-es256", .badSignature) {
            $0.forge = .es256(Forge.p256)
            $0.expectation.algorithms = [.es256]
            $0.keys = [try .key(PublishedKeys.p256, id: "rsa")]
        },
        Scenario("invalid-sig-hs256", .badSignature) {
            $0.forge = .hs256("other")
            $0.expectation.algorithms = [.hs256]
            $0.clientSecret = Secret("secret")
        },
        Scenario("hs256", nil) {
            $0.forge = .hs256("secret")
            $0.expectation.algorithms = [.hs256]
            $0.clientSecret = Secret("secret")
        },
        Scenario("hs256, not asked for", .algorithmNotAllowed) {
            $0.forge = .hs256("secret")
            $0.clientSecret = Secret("secret")
        },
        Scenario("es256, not asked for", .algorithmNotAllowed) { $0.forge = .es256(Forge.p256) },
        Scenario("es256", nil) {
            $0.forge = .es256(Forge.p256)
            $0.expectation.algorithms = [.rs256, .es256]
            $0.keys += [Forge.jwk(Forge.p256, id: "ec")]
            $0.header = ["kid": "ec"]
        },
        Scenario("critical header", .criticalHeader) { $0.header = ["kid": "rsa", "crit": ["exp"], "exp": 1] },
    ]

    private static let keys = [
        Scenario("kid-absent-single-jwks", nil) {
            $0.header = [:]
            $0.keys = [try .key(PublishedKeys.rsa)]
        },
        Scenario("kid-absent-multiple-jwks", nil) {
            $0.header = [:]
            $0.keys = [
                try .key(PublishedKeys.thumbprinted), try .key(PublishedKeys.p256),
                try .key(PublishedKeys.rsa, id: "x"),
            ]
        },
        Scenario("a strange key first", nil) { $0.keys.insert(["kty": "AKP", "kid": "rsa", "pub": "AA"], at: 0) },
        Scenario("an encryption key of the same name first", nil) {
            $0.keys.insert(try .key(PublishedKeys.thumbprinted, id: "rsa").with(["use": "enc"]), at: 0)
        },
        Scenario("signing-key-rotation, before fetching again", .unknownKey) { $0.header = ["kid": "new"] },
        Scenario("signing-key-rotation, after fetching again", nil) {
            $0.header = ["kid": "new"]
            $0.keys.append(try .key(PublishedKeys.rsa, id: "new"))
        },
        Scenario("the key of another algorithm", .unsuitableKey) {
            $0.header = ["kid": "ec"]
            $0.keys.append(Forge.jwk(Forge.p256, id: "ec"))
        },
    ]

    private static let claims = [
        claim("invalid-iss", ["iss": "https://evil.example"], .wrongIssuer),
        claim("iss with a slash", ["iss": "https://p.example/"], .wrongIssuer),
        claim("iss in capitals", ["iss": "https://P.example"], .wrongIssuer),
        claim("missing-iss", ["iss": nil], .wrongIssuer),
        claim("missing-sub", ["sub": nil], .missingSubject),
        claim("empty sub", ["sub": ""], .missingSubject),
        claim("sub of 255 bytes and one", ["sub": .string(String(repeating: "a", count: 256))], .missingSubject),
        claim("sub beyond ASCII", ["sub": "é"], .missingSubject),
        claim("sub as number", ["sub": 24_400_320], .missingSubject),
        claim("invalid-aud", ["aud": "other"], .wrongAudience),
        claim("aud as number", ["aud": 1], .wrongAudience),
        claim("empty aud", ["aud": []], .wrongAudience),
        claim("missing-aud", ["aud": nil], .missingAudience),
        claim("aud as list", ["aud": ["client"]], nil),
        claim("invalid-secondary-aud", ["aud": ["client", "other"], "azp": "client"], .untrustedAudience),
        claim("secondary aud is no text", ["aud": ["client", 1], "azp": "client"], .untrustedAudience),
        Scenario("trusted secondary aud", nil) {
            $0.expectation.trustedAudiences = ["other"]
            $0.claims = $0.claims.with(["aud": ["client", "other"], "azp": "client"])
        },
        Scenario("trusted secondary aud without azp", .wrongAuthorizedParty) {
            $0.expectation.trustedAudiences = ["other"]
            $0.claims = $0.claims.with(["aud": ["client", "other"]])
        },
        claim("invalid-azp", ["azp": "other"], .wrongAuthorizedParty),
        claim("expired exp", ["exp": .integer(SignIn.now - 60)], .expired),
        claim("exp within the skew", ["exp": .integer(SignIn.now - 59)], nil),
        claim("exp with a fraction", ["exp": .double(Double(SignIn.now) + 0.5)], nil),
        claim("exp far away", ["exp": .double(1e300)], nil),
        claim("missing exp", ["exp": nil], .missingExpiry),
        claim("exp as text", ["exp": "1800000000"], .missingExpiry),
        claim("missing-iat", ["iat": nil], .missingIssuedAt),
        claim("iat in the future", ["iat": .integer(SignIn.now + 61)], .notYetValid),
        claim("iat within the skew", ["iat": .integer(SignIn.now + 60)], nil),
        claim("nbf in the future", ["nbf": .integer(SignIn.now + 61)], .notYetValid),
        claim("nonce-invalid", ["nonce": "other"], .wrongNonce),
        claim("missing nonce", ["nonce": nil], .missingNonce),
        claim("nonce is null", ["nonce": .null], .missingNonce),
        Scenario("nonce-unless-code-flow: neither sent nor there", nil) {
            $0.expectation.occasion = .authorization(nonce: nil)
            $0.claims = $0.claims.with(["nonce": nil])
        },
        Scenario("a nonce that was not sent", .wrongNonce) { $0.expectation.occasion = .authorization(nonce: nil) },
        // The hash of OpenID Connect Core A.3.
        hash("at_hash", "77QmUPtjPfzWtF2AnpK9RQ", nil),
        hash("invalid-athash", "77QmUPtjPfzWtF2AnpK9RR", .wrongAccessTokenHash),
        hash("at_hash as number", 1, .wrongAccessTokenHash),
        hash("no at_hash", .null, nil),
        Scenario("max_age without auth_time", .authenticationTooOld) { $0.expectation.maxAge = 10 },
        Scenario("max_age", nil) {
            $0.expectation.maxAge = 10
            $0.claims = $0.claims.with(["auth_time": .integer(SignIn.now - 70)])
        },
        Scenario("max_age is over", .authenticationTooOld) {
            $0.expectation.maxAge = 10
            $0.claims = $0.claims.with(["auth_time": .integer(SignIn.now - 71)])
        },
    ]

    private static let refreshes = [
        refresh("refresh-token", [:], nil),
        refresh("refresh-token without nonce", ["nonce": nil], nil),
        refresh("refresh-token with another nonce", ["nonce": "other"], .wrongNonce),
        refresh("refresh-token-invalid-issuer", ["iss": "https://evil.example"], .wrongIssuer),
        refresh("refresh-token-invalid-sub", ["sub": "other"], .otherSubject),
        refresh("refresh-token for another client", ["aud": "other"], .wrongAudience),
        Scenario("refresh-token, nonce not kept", .wrongNonce) {
            $0.expectation.occasion = .refresh(subject: "24400320", nonce: nil)
        },
    ]

    private static func claim(_ name: String, _ changes: [String: JSON?], _ fault: IDTokenFault?) -> Scenario {
        Scenario(name, fault) { $0.claims = $0.claims.with(changes) }
    }

    private static func hash(_ name: String, _ hash: JSON, _ fault: IDTokenFault?) -> Scenario {
        Scenario(name, fault) {
            $0.expectation.accessToken = Secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y")
            $0.claims = $0.claims.with(["at_hash": hash])
        }
    }

    private static func refresh(_ name: String, _ changes: [String: JSON?], _ fault: IDTokenFault?) -> Scenario {
        Scenario(name, fault) {
            $0.expectation.occasion = .refresh(subject: "24400320", nonce: "n-0S6_WzA2Mj")
            $0.claims = $0.claims.with(changes)
        }
    }
}
