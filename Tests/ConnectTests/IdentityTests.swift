import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// Who signed in, by the id_token and the userinfo endpoint (OpenID Connect Core §3.1.3.7, §5.3).
@Suite struct IdentityTests {
    private static let day = Duration.seconds(86401)

    private func acme(_ more: Definition.Change...) async throws -> Acme {
        let keys = "issuer: https://acme.example\njwksUrl: https://acme.example/jwks\nidTokenAlgorithms: [ES256]"
        let definition: [Definition.Change] = [
            .init(.oauth2, keys), .init(.oauth2, "scopes: [openid, email]"),
            .init(.account, "request:\nid:\nfromIdToken: {id: sub, label: email}"), .revocable,
        ]
        return try await Acme(definition + more)
    }

    /// Tokens with an id_token whose claims are changed, signed with a key that may have a name of its own.
    private static func tokens(
        _ test: TestPortal,
        _ claims: JSON.Object = [:],
        key name: String? = nil
    ) -> (String?) throws -> JSON {
        { nonce in
            var identity = SignedIdentity(subject: "u-1", nonce: nonce, at: test.clock.now)
            identity.claims = claims
            var tokens: JSON.Object = ["access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 3600]
            tokens["id_token"] = .string(try identity.token(signedWith: key(named: name)))
            return .object(tokens)
        }
    }

    private static func key(named name: String?) throws -> SigningKey {
        guard let name else { return try SignedIdentity.key }
        let text = SignedIdentity.keyText.replacing("\"kty\"", with: "\"kid\": \"\(name)\", \"kty\"")
        return try SigningKey(Secret(text))
    }

    /// The connection is refused, and what had been issued is given back.
    private func expectRefusal(_ visit: Acme.Visit, _ acme: Acme, _ fault: String) async throws {
        #expect(visit.session.errorCode == "identity_not_proven")
        #expect(try await acme.connection(of: visit) == nil)
        #expect(acme.revoked == ["refresh-1", "access-1"])
        let (_, events) = try await acme.test.portal.session(visit.session.id, for: acme.test.key)
        #expect(events.last?.type == "exchange_failed")
        #expect(events.last?.detail["fault"]?.string == fault)
    }

    @Test func `a person is known by a checked id_token`() async throws {
        let acme = try await acme()
        let visit = try await acme.connect()
        let connection = try #require(try await acme.connection(of: visit))
        #expect(connection.accountID == "u-1")
        #expect(connection.accountLabel == "u-1@acme.example")
        let credentials = try await acme.credentials(of: visit)
        #expect(credentials["subject"] == "u-1")
        #expect(credentials["nonce"]?.string == visit.query["nonce"])
        #expect(acme.revoked == [])
    }

    @Test(
        arguments: [
            (["iss": "https://evil.example"], "wrongIssuer"), (["aud": "another"], "wrongAudience"),
            (["aud": ["client", "another"]], "untrustedAudience"), (["sub": .null], "missingSubject"),
            (["nonce": "another"], "wrongNonce"), (["nonce": .null], "missingNonce"), (["exp": 1], "expired"),
            (["iat": 9_999_999_999], "notYetValid"), (["at_hash": "AAAAAAAAAAAAAAAAAAAAAA"], "wrongAccessTokenHash"),
        ] as [(JSON.Object, String)]
    )
    func `a claim that is wrong`(claims: JSON.Object, fault: String) async throws {
        var acme = try await acme()
        acme.tokens = Self.tokens(acme.test, claims)
        try await expectRefusal(try await acme.connect(), acme, fault)
    }

    @Test func `a signature that is not the provider's`() async throws {
        var acme = try await acme()
        let foreign = try SigningKey(
            Secret(
                """
                {"kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", \
                "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
                """
            )
        )
        acme.answers.others["/jwks"] = ["keys": [foreign.publicKey.json]]
        try await expectRefusal(try await acme.connect(), acme, "unknownKey")
    }

    @Test func `a token without a signature`() async throws {
        var acme = try await acme()
        let clock = acme.test.clock
        acme.tokens = { nonce in
            let parts = try SignedIdentity(subject: "u-1", nonce: nonce, at: clock.now).token.split(separator: ".")
            let unsigned = Base64URL.encode(Array(#"{"alg":"none"}"#.utf8)) + ".\(parts[1])."
            return ["access_token": "access-1", "refresh_token": "refresh-1", "id_token": .string(unsigned)]
        }
        try await expectRefusal(try await acme.connect(), acme, "algorithmNotAllowed")
    }

    @Test func `no token at all, where there has to be one`() async throws {
        var acme = try await acme()
        acme.tokens = { _ in ["access_token": "access-1", "refresh_token": "refresh-1"] }
        try await expectRefusal(try await acme.connect(), acme, "missing")
    }

    @Test func `no token at all, where nobody asked for one`() async throws {
        var acme = try await acme(.init(.oauth2, "scopes: [email]"))
        acme.tokens = { _ in ["access_token": "access-1"] }
        let visit = try await acme.connect()
        #expect(visit.session.status == .completed)
        #expect(try await acme.connection(of: visit)?.accountID == nil)
        #expect(try await acme.credentials(of: visit)["subject"]?.isNull ?? true)
    }

    @Test func `keys serve for a day`() async throws {
        let acme = try await acme()
        for number in 1...3 { _ = try await acme.connect(["externalId": .string("acct-\(number)")]) }
        #expect(acme.count("/jwks") == 1)
        acme.test.clock.advance(by: Self.day)
        #expect(try await acme.connect(["externalId": "acct-4"]).session.status == .completed)
        #expect(acme.count("/jwks") == 2)
    }

    @Test func `a key that is not known is looked for once a minute`() async throws {
        var acme = try await acme()
        #expect(try await acme.connect().session.status == .completed)
        acme.tokens = Self.tokens(acme.test, key: "new")
        // Too soon to ask again.
        #expect(try await acme.connect(["externalId": "acct-2"]).session.errorCode == "identity_not_proven")
        #expect(acme.count("/jwks") == 1)

        acme.test.clock.advance(by: .seconds(61))
        acme.answers.others["/jwks"] = ["keys": [try Self.key(named: "new").publicKey.json]]
        #expect(try await acme.connect(["externalId": "acct-2"]).session.status == .completed)
        #expect(acme.count("/jwks") == 2)

        acme.tokens = Self.tokens(acme.test, key: "made-up")
        for number in 3...5 {
            let visit = try await acme.connect(["externalId": .string("acct-\(number)")])
            #expect(visit.session.errorCode == "identity_not_proven")
        }
        #expect(acme.count("/jwks") == 2)
    }

    @Test func `old keys serve while the new ones cannot be had`() async throws {
        var acme = try await acme()
        #expect(try await acme.connect().session.status == .completed)
        acme.test.clock.advance(by: Self.day)
        acme.silent = ["/jwks"]
        #expect(try await acme.connect(["externalId": "acct-2"]).session.status == .completed)
        acme.silent = []
        acme.answers.others["/jwks"] = ["error": "maintenance"]
        #expect(try await acme.connect(["externalId": "acct-3"]).session.status == .completed)
    }

    @Test func `without keys nobody is believed`() async throws {
        var acme = try await acme()
        acme.silent = ["/jwks"]
        let visit = try await acme.connect()
        #expect(visit.session.errorCode == "provider_unreachable")
        #expect(acme.revoked == ["refresh-1", "access-1"])
        acme.silent = []
        #expect(try await acme.comeBack(from: try await acme.press(after: visit)).session.status == .completed)
    }

    @Test(arguments: [("u-1", true), ("u-2", false), ("U-1", false), ("u-1 ", false)])
    func `userinfo is about the same person`(subject: String, isSame: Bool) async throws {
        var acme = try await acme(
            .init(.oauth2, "userinfoUrl: https://acme.example/userinfo"),
            .init(.account, "fromIdToken:\nfromUserinfo: {id: sub, label: email}")
        )
        acme.answers.others["/userinfo"] = ["sub": .string(subject), "email": "ada@acme.example"]
        let visit = try await acme.connect()
        guard isSame else { return try await expectRefusal(visit, acme, "userinfo") }
        #expect(try await acme.connection(of: visit)?.accountLabel == "ada@acme.example")
    }

    @Test func `userinfo that does not answer costs the label only`() async throws {
        var acme = try await acme(
            .init(.oauth2, "userinfoUrl: https://acme.example/userinfo"),
            .init(.account, "fromIdToken:\nfromUserinfo: {id: sub, label: email}")
        )
        acme.silent = ["/userinfo"]
        let visit = try await acme.connect()
        #expect(visit.session.status == .completed)
        #expect(try await acme.connection(of: visit)?.accountLabel == nil)
        #expect(try await acme.test.events(visit.session).contains("account_unknown"))
    }
}
