import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Oddities of single providers, seen from the client.
@Suite struct ProviderQuirkTests {
    @Test func redirectURIHasAName() async throws {
        try await withSandbox(quirks { $0.redirectName = "Acme-AcmeApp-1" }) { driver in
            #expect(try await driver.authorize().location == nil)
            let query = SandboxDriver.authorizationQuery(changing: ["redirect_uri": "Acme-AcmeApp-1"])
            let answer = try await driver.authorize(query)
            #expect(answer.location?.hasPrefix(SandboxDriver.callback) == true)
            let code = try #require(answer.callback?["code"])
            #expect(try await driver.exchange(code).error == "invalid_grant")
            let pairs = [
                ("grant_type", "authorization_code"), ("code", try await driver.code(query)),
                ("redirect_uri", "Acme-AcmeApp-1"), ("code_verifier", SandboxDriver.verifier),
            ]
            #expect(try await driver.token(pairs).status == 200)
        }
    }

    @Test func callbackNamesTheGrantedScopes() async throws {
        let quirks = quirks {
            $0.callbackScopeParameter = "scope"
            $0.scopeSeparator = .comma
            $0.withheldScopes = ["b"]
        }
        try await withSandbox(quirks) { driver async throws in
            let query = SandboxDriver.authorizationQuery(scope: "a,b,c")
            #expect(try await driver.authorize(query).callback?["scope"] == "a,c")
        }
    }

    @Test func challengeCanBeRefused() async throws {
        try await withSandbox(quirks { $0.pkce = .refused }) { driver async throws in
            #expect(try await driver.authorize().callback?["error"] == "invalid_request")
            let query = SandboxDriver.authorizationQuery(changing: [
                "code_challenge": nil, "code_challenge_method": nil,
            ])
            #expect(try await driver.tokens(query).status == 200)
        }
    }

    @Test func embeddedBrowsersAreTurnedAway() async throws {
        try await withSandbox(quirks { $0.refusesEmbeddedBrowsers = true }) { driver async throws in
            let uri = "/authorize?" + SandboxDriver.authorizationQuery()
            let view = ["User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36"]
            #expect(try await driver.send(.get, uri, headers: view).text.contains("disallowed_useragent"))
            #expect(try await driver.send(.get, uri).callback?["code"] != nil)
        }
    }

    @Test func clientMayHaveToStaySilent() async throws {
        try await withSandbox(quirks { $0.clientAuthentication = .none }) { driver async throws in
            #expect(try await driver.tokens().error == "invalid_client")
            let pairs = [
                ("grant_type", "authorization_code"), ("code", try await driver.code()),
                ("redirect_uri", SandboxDriver.callback), ("code_verifier", SandboxDriver.verifier),
                ("client_id", SandboxDriver.clientID),
            ]
            #expect(try await driver.token(pairs, headers: [:]).status == 200)
        }
    }

    @Test(
        arguments: [
            (ScopeFormat.asRequested, #""openid,mail""#), (.spaces, #""openid mail""#), (.commas, #""openid,mail""#),
            (.list, #"["openid","mail"]"#),
        ]
    )
    func scopesAreToldTheirWay(_ format: ScopeFormat, written: String) async throws {
        let quirks = quirks {
            $0.scopeSeparator = .comma
            $0.scopeFormat = format
            $0.scopeAliases = ["email": "mail", "offline_access": ""]
        }
        try await withSandbox(quirks) { driver async throws in
            let query = SandboxDriver.authorizationQuery(scope: "openid,email,offline_access")
            #expect(try await driver.tokens(query).json["scope"]?.text == written)
        }
    }

    @Test func errorsAndTokensAreNestedAnywhere() async throws {
        let quirks = quirks {
            $0.errorPath = "error"
            $0.responseNames = ["error": "type", "error_description": "message", "access_token": "data.0.token"]
            $0.extraTokenMembers = ["data": [["user_id": 7]]]
        }
        try await withSandbox(quirks) { driver in
            let refused = try await driver.exchange("made up")
            #expect(refused.json.value(at: "error.type")?.string == "invalid_grant")
            #expect(refused.json.value(at: "error.message")?.string?.isEmpty == false)
            let tokens = try await driver.tokens()
            #expect(tokens.json.value(at: "data.0.token")?.string?.hasPrefix("sbx_at_") == true)
            #expect(tokens.json.value(at: "data.0.user_id")?.integer == 7)
        }
    }

    @Test func refreshHasItsOwnAddressAndAnswer() async throws {
        let quirks = quirks {
            $0.refreshEndpoint = .separate
            $0.refreshTokens = .stable
            $0.repeatsStableRefreshToken = false
            $0.extraTokenMembers = ["account": "a"]
            $0.extraTokenMembersInRefresh = false
            $0.requiredRefreshParameters = ["type": "refresh"]
        }
        try await withSandbox(quirks) { driver in
            let first = try await driver.tokens()
            #expect(first.json["account"]?.string == "a")
            var form = FormParameters([("grant_type", "refresh_token"), ("refresh_token", first.refreshToken ?? "")])
            func refresh(_ path: String) async throws -> Answer {
                try await driver.send(.post, path, form: form, headers: SandboxDriver.basic())
            }
            #expect(try await refresh("/token/refresh").error == "invalid_request")
            form.append("type", "refresh")
            #expect(try await refresh("/token").error == "unsupported_grant_type")
            let second = try await refresh("/token/refresh")
            #expect(second.status == 200)
            #expect(second.refreshToken == nil)
            #expect(second.json["account"] == nil)
            let code = [("grant_type", "authorization_code"), ("code", try await driver.code())]
            let wrong = FormParameters(code)
            let answer = try await driver.send(.post, "/token/refresh", form: wrong, headers: SandboxDriver.basic())
            #expect(answer.error == "unsupported_grant_type")
        }
    }

    @Test func oneAddressCanServeBothSteps() async throws {
        try await withSandbox { driver in
            let pairs = [
                ("grant_type", "authorization_code"), ("code", try await driver.code()),
                ("redirect_uri", SandboxDriver.callback), ("code_verifier", SandboxDriver.verifier),
            ]
            let form = FormParameters(pairs)
            let answer = try await driver.send(.post, "/authorize", form: form, headers: SandboxDriver.basic())
            #expect(answer.status == 200)
        }
    }

    @Test func tokenCanLastForever() async throws {
        try await withSandbox(quirks { $0.accessTokenLifetime = 0 }) { driver in
            let tokens = try await driver.tokens()
            #expect(tokens.json["expires_in"] == nil)
            driver.clock.advance(1e9)
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 200)
        }
    }

    @Test func clientsOwnGrantHasScopesExpiryAndParameters() async throws {
        let quirks = quirks {
            $0.requiredTokenParameters = ["audience": "api"]
            $0.withheldScopes = ["b"]
            $0.accessTokenLifetime = 60
        }
        try await withSandbox(quirks) { driver in
            let pairs = [("grant_type", "client_credentials"), ("scope", "a b")]
            #expect(try await driver.token(pairs).error == "invalid_request")
            let answer = try await driver.token(pairs + [("audience", "api")])
            #expect(answer.json["scope"]?.string == "a")
            #expect(answer.json["expires_in"]?.integer == 60)
            driver.clock.advance(60)
            #expect(try await driver.get("/api/whoami", bearer: answer.accessToken).status == 401)
        }
    }
}
