import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Each oddity, seen from the client.
@Suite struct QuirkTests {
    @Test(arguments: [
        (ScopeSeparator.comma, "a%2Cb"), (.plus, "a+b"), (.plus, "a%2Bb"), (.space, "a+b"), (.space, "a%20b"),
    ])
    func scopesAreSeparatedTheirWay(_ separator: ScopeSeparator, written: String) async throws {
        try await withSandbox(quirks { $0.scopeSeparator = separator }) { driver in
            let rest = SandboxDriver.authorizationQuery(changing: ["scope": nil])
            let tokens = try await driver.tokens(rest + "&scope=" + written)
            #expect(tokens.json["scope"]?.string == "a\(separator.character)b")
        }
    }

    @Test(arguments: [(ScopeSeparator.comma, "a%20b"), (.plus, "a%20b"), (.plus, "a%2Cb"), (.space, "a%2Cb")])
    func otherSeparatorsAreRefused(_ separator: ScopeSeparator, written: String) async throws {
        try await withSandbox(quirks { $0.scopeSeparator = separator }) { driver async throws in
            let rest = SandboxDriver.authorizationQuery(changing: ["scope": nil])
            #expect(try await driver.authorize(rest + "&scope=" + written).callback?["error"] == "invalid_scope")
        }
    }

    @Test func parametersHaveOtherNames() async throws {
        let quirks = quirks {
            $0.parameterNames = ["client_id": "client_key", "code": "auth_code"]
            $0.scopeParameter = "user_scope"
            $0.codeParameter = "authorization"
        }
        try await withSandbox(quirks) { driver in
            let query = SandboxDriver.authorizationQuery(changing: [
                "client_id": nil, "client_key": SandboxDriver.clientID, "scope": nil, "user_scope": "a b",
            ])
            let code = try #require(try await driver.authorize(query).callback?["authorization"])
            let answer = try await driver.token(
                [
                    ("grant_type", "authorization_code"), ("auth_code", code), ("client_key", SandboxDriver.clientID),
                    ("client_secret", SandboxDriver.secret), ("redirect_uri", SandboxDriver.callback),
                    ("code_verifier", SandboxDriver.verifier),
                ],
                headers: [:]
            )
            #expect(answer.json["scope"]?.string == "a b")
            #expect(try await driver.authorize().status == 400)
        }
    }

    @Test func requestsNeedWhatTheProviderWants() async throws {
        let quirks = quirks {
            $0.requiredAuthorizationParameters = ["audience": "api"]
            $0.requiredTokenParameters = ["expires_in": "60"]
            $0.requiredTokenHeaders = ["Notion-Version": "1"]
        }
        try await withSandbox(quirks) { driver in
            #expect(try await driver.authorize().callback?["error"] == "invalid_request")
            let query = SandboxDriver.authorizationQuery(changing: ["audience": "api"])
            #expect(try await driver.exchange(driver.code(query)).error == "invalid_request")
            var pairs = [
                ("grant_type", "authorization_code"), ("code", try await driver.code(query)),
                ("redirect_uri", SandboxDriver.callback), ("code_verifier", SandboxDriver.verifier),
            ]
            pairs.append(("expires_in", "60"))
            #expect(try await driver.token(pairs).error == "invalid_request")
            let headers = SandboxDriver.basic().merging(["Notion-Version": "1"]) { $1 }
            #expect(try await driver.token(pairs, headers: headers).status == 200)
        }
    }

    @Test func tokenRequestIsJSON() async throws {
        try await withSandbox(quirks { $0.bodyFormat = .json }) { driver async throws in
            let headers = SandboxDriver.basic().merging(["Content-Type": "application/json"]) { $1 }
            let body = #"{"grant_type":"client_credentials"}"#
            #expect(try await driver.send(.post, "/token", body: body, headers: headers).status == 200)
            #expect(try await driver.token([("grant_type", "client_credentials")]).error == "invalid_request")
        }
    }

    @Test func answerIsFormEncodedUnlessJSONIsAccepted() async throws {
        try await withSandbox(quirks { $0.answerFormat = .formUnlessJSONIsAccepted }) { driver in
            let form = try await driver.tokens()
            #expect(form.header("Content-Type") == "application/x-www-form-urlencoded")
            #expect(FormParameters(parsing: form.text)["access_token"]?.hasPrefix("sbx_at_") == true)
            let headers = SandboxDriver.basic().merging(["Accept": "application/json"]) { $1 }
            #expect(try await driver.exchange(driver.code(), headers: headers).accessToken.isEmpty == false)
        }
    }

    @Test func answerIsNestedRenamedAndExtended() async throws {
        let quirks = quirks {
            $0.tokenPath = "data.user"
            $0.responseNames = ["access_token": "accessToken"]
            $0.extraTokenMembers = ["instance_url": "https://eu.example", "expires_in": -1]
            $0.successFlag = "ok"
            $0.tokenType = "BEARER"
            $0.scopeInAnswer = false
        }
        try await withSandbox(quirks) { driver in
            let json = try await driver.tokens().json
            #expect(json["ok"]?.bool == true)
            #expect(json["instance_url"]?.string == "https://eu.example")
            #expect(json.value(at: "data.user.accessToken")?.string?.isEmpty == false)
            #expect(json.value(at: "data.user.token_type")?.string == "BEARER")
            #expect(json.value(at: "data.user.expires_in")?.integer == -1)
            #expect(json.value(at: "data.user.scope") == nil)
        }
    }

    @Test func errorsComeWithStatus200AndAFlag() async throws {
        let quirks = quirks {
            $0.errorsWithStatus200 = true
            $0.successFlag = "ok"
        }
        try await withSandbox(quirks) { driver in
            let answer = try await driver.exchange("made up")
            #expect(answer.status == 200)
            #expect(answer.json["ok"]?.bool == false)
            #expect(answer.error == "invalid_grant")
        }
    }

    @Test(
        arguments: [(ExpiresIn.seconds, "60"), (.milliseconds, "60000"), (.text, #""60""#), (.omitted, nil)]
            as [(ExpiresIn, String?)]
    )
    func expiryIsToldTheirWay(_ kind: ExpiresIn, written: String?) async throws {
        let quirks = quirks {
            $0.expiresIn = kind
            $0.accessTokenLifetime = 60
        }
        try await withSandbox(quirks) { driver async throws in
            #expect(try await driver.tokens().json["expires_in"]?.text == written)
        }
    }

    @Test func callbackCarriesMoreAndLess() async throws {
        let quirks = quirks {
            $0.extraCallbackParameters = ["realmId": "123"]
            $0.issuerParameter = .omitted
            $0.stateParameter = .wrong
            $0.callbackFragment = "_=_"
        }
        try await withSandbox(quirks) { driver in
            let answer = try await driver.authorize()
            #expect(answer.callback?["realmId"] == "123")
            #expect(answer.callback?["iss"] == nil)
            #expect(answer.callback?["state"] == "st4tex")
            #expect(answer.location?.hasSuffix("#_%3D_") == true)
        }
    }

    @Test func pkceCanBeIgnored() async throws {
        try await withSandbox(quirks { $0.pkce = .ignored }) { driver async throws in
            let query = SandboxDriver.authorizationQuery(changing: ["code_challenge": nil])
            #expect(try await driver.exchange(driver.code(query), verifier: "other").status == 200)
        }
    }

    @Test func scopesCanBeWithheldAndAuthorizationRefused() async throws {
        try await withSandbox(quirks { $0.withheldScopes = ["email"] }) { driver async throws in
            #expect(try await driver.tokens().json["scope"]?.string == "openid profile")
        }
        try await withSandbox(quirks { $0.authorizationError = "temporarily_unavailable" }) { driver async throws in
            #expect(try await driver.authorize().callback?["error"] == "temporarily_unavailable")
        }
    }

    @Test func revocationNeedNotCascade() async throws {
        try await withSandbox(quirks { $0.revocationCascades = false }) { driver in
            let tokens = try await driver.tokens()
            let form = FormParameters([("token", tokens.refreshToken ?? "")])
            _ = try await driver.send(.post, "/revoke", form: form, headers: SandboxDriver.basic())
            #expect(try await driver.refresh(tokens.refreshToken ?? "").error == "invalid_grant")
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 200)
        }
    }
}
