import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// What providers have beside the RFCs: a second exchange, and values that the OAuth app brings along.
@Suite struct ExchangeTests {
    private func exchanging() async throws -> Acme {
        let exchange =
            "exchangeForLongLived: {method: GET, url: https://acme.example/long, parameters: {t: \"{accessToken}\"}}"
        return try await Acme(.init(.oauth2, exchange), .init(.oauth2, "keepFromToken: [team.id]"), .revocable)
    }

    @Test func `the second token is kept, with what only the first answer had`() async throws {
        var acme = try await exchanging()
        acme.answers.others["/long"] = ["access_token": "long-1", "expires_in": 5_184_000]
        let visit = try await acme.connect()
        let sent = try #require(acme.test.provider.requests(to: "/long").first)
        #expect(sent.method == .get && sent.body == nil)
        #expect(sent.query["t"] == "access-1")
        let credentials = try await acme.credentials(of: visit)
        #expect(credentials["accessToken"] == "long-1")
        #expect(credentials["refreshToken"] == "refresh-1")
        #expect(credentials["data"] == ["team.id": "T1"])
        let connection = try await acme.connection(of: visit)
        #expect(connection?.expiresAt == acme.test.clock.now + .seconds(5_184_000))
        #expect(connection?.grantedScopes == ["read", "write"])
    }

    @Test(
        arguments: [
            (400, ["error": "invalid_grant"], "invalid_grant"), (200, [:], "invalid_response"),
            (200, ["error": ["type": "OAuthException", "message": "no"]], "provider_error"),
            (500, [:], "provider_unavailable"),
        ] as [(Int, JSON, String)]
    )
    func `without a second token nothing is connected`(status: Int, body: JSON, code: String) async throws {
        var acme = try await exchanging()
        acme.answers.others["/long"] = body
        acme.answers.statuses["/long"] = status
        let visit = try await acme.connect()
        #expect(visit.session.errorCode == code)
        #expect(try await acme.connection(of: visit) == nil)
        #expect(acme.revoked == ["refresh-1", "access-1"])
    }

    @Test func `an OAuth app is made with everything that it needs`() async throws {
        let acme = try await Acme(
            .init(.oauth2, "appParameters: [shopName, ruName]"),
            .init(.oauth2, "redirectUri: \"{app.ruName}\"\nauthorizationParameters: {shop: \"{app.shopName}\"}"),
            apps: []
        )
        func make(_ parameters: JSON) async throws {
            let body: JSON = [
                "integrationName": "acme", "clientId": "client", "clientSecret": "s", "extraParams": parameters,
            ]
            _ = try await acme.test.portal.createOAuthApp(body, for: acme.test.key)
        }
        for incomplete in [[:], ["shopName": "acme"], ["shopName": "acme", "ruName": ""]] as [JSON] {
            let error = await #expect(throws: PortalError.self) { try await make(incomplete) }
            #expect("\(String(describing: error))".contains("extraParams.ruName"))
        }
        try await make(["shopName": "acme", "ruName": "Acme-App-1", "hint": "x"])
        let visit = try await acme.connect()
        #expect(visit.query["redirect_uri"] == "Acme-App-1")
        #expect(visit.query["shop"] == "acme")
        // What the definition names is for its placeholders; the rest goes along as it is.
        #expect(visit.query["shopName"] == nil && visit.query["hint"] == "x")
        #expect(acme.test.provider.requests(to: "/token").first?.form["redirect_uri"] == "Acme-App-1")
        #expect(visit.session.status == .completed)
    }

    @Test func `an OAuth app changes nothing that the protocol sets, by whatever name`() async throws {
        let acme = try await Acme(.init(.oauth2, "parameterNames: {client_id: client_key}\nscopeParameter: user_scope"))
        func refusal(_ name: String, _ value: JSON) async -> String {
            var body: JSON.Object = ["integrationName": "acme", "clientId": "client", "clientSecret": "s"]
            body[name] = value
            let error = await #expect(throws: PortalError.self) {
                try await acme.test.portal.createOAuthApp(.object(body), for: acme.test.key)
            }
            return "\(String(describing: error))"
        }
        for parameter in ["client_key", "user_scope", "client_id", "scope", "state", "nonce"] {
            #expect(await refusal("extraParams", .object([parameter: "x"])).contains("extraParams"), "\(parameter)")
        }
        for query in ["state=x", "a=b&user_scope=x", "%73tate=x", "a=%"] {
            let address = "https://acme.example/authorize?\(query)"
            #expect(await refusal("authUrl", .string(address)).contains("authUrl"), "\(query)")
        }
    }

    @Test(
        arguments: [
            (["scope": "a"], "granted=b,c", ["a"]), ([:], "granted=b,c", ["b", "c"]), ([:], "x=y", ["read"]),
        ] as [(JSON.Object, String, [String])]
    )
    func `the callback tells the scopes where the answer does not`(
        answer: JSON.Object,
        callback: String,
        granted: [String]
    ) async throws {
        var acme = try await Acme(.init(.oauth2, "callbackScopeParameter: granted\nscopes: [read]"))
        acme.tokens = { _ in
            var tokens: JSON.Object = ["access_token": "a"]
            tokens["scope"] = answer["scope"]
            return .object(tokens)
        }
        let visit = try await acme.connect(answer: "code=c&\(callback)")
        #expect(try await acme.connection(of: visit)?.grantedScopes == granted)
    }

    @Test(
        arguments: [
            (nil, "Bearer", "Bearer"), (nil, "User Access Token", nil), ("User", "User Access Token", "User"),
            ("Bearer", "mac", "Bearer"), (nil, "bot", "bot"),
        ] as [(String?, String, String?)]
    )
    func `a token is of the type that the definition tells`(told: String?, sent: String, kept: String?) async throws {
        var acme = try await Acme(.init(.oauth2, told.map { "tokenType: \($0)" } ?? "pkce: S256"))
        acme.tokens = { _ in ["access_token": "a", "token_type": .string(sent)] }
        let visit = try await acme.connect()
        #expect(try await acme.credentials(of: visit)["tokenType"]?.string == kept)
        #expect(visit.session.errorCode == (kept == nil ? "invalid_response" : nil))
    }
}
