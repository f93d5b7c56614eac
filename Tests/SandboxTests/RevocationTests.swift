import Foundation
import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let json = ["Content-Type": "application/json"]

/// How tokens are ended, the RFC's way (RFC 7009) and others.
@Suite struct RevocationTests {
    @Test(arguments: [
        (RevocationQuirks.ClientAuthentication.asForTokens, true, true, false), (.basicOrPost, true, true, false),
        (.basic, true, false, false), (.post, false, true, false), (.none, false, false, true),
    ])
    func clientAuthenticationIsItsOwn(
        _ policy: RevocationQuirks.ClientAuthentication,
        basic: Bool,
        post: Bool,
        none: Bool
    ) async throws {
        let secret = [("client_id", SandboxDriver.clientID), ("client_secret", SandboxDriver.secret)]
        try await withSandbox(quirks { $0.revocation.clientAuthentication = policy }) { driver in
            for (isAccepted, pairs, headers) in [
                (basic, [], SandboxDriver.basic()), (post, secret, [:]), (none, [], [:]),
            ] {
                let token = try await driver.tokens().accessToken
                let form = FormParameters([("token", token)] + pairs)
                let answer = try await driver.send(.post, "/revoke", form: form, headers: headers)
                #expect((answer.status == 200) == isAccepted)
                #expect(try await driver.isAlive(token) == !isAccepted)
            }
        }
    }

    @Test func bearerEndsItself() async throws {
        let quirks = quirks {
            $0.revocation.method = .delete
            $0.revocation.tokenLocation = .bearer
            $0.revocation.status = 204
            $0.revocation.accessTokenEndsGrant = true
        }
        try await withSandbox(quirks) { driver in
            let tokens = try await driver.tokens()
            let headers = ["Authorization": "Bearer " + tokens.accessToken]
            #expect(try await driver.send(.post, "/revoke", headers: headers).status == 405)
            #expect(try await driver.isAlive(tokens.accessToken))
            #expect(try await driver.send(.delete, "/revoke", headers: headers).status == 204)
            #expect(try await !driver.isAlive(tokens.accessToken))
            #expect(try await driver.refresh(tokens.refreshToken ?? "").error == "invalid_grant")
        }
    }

    @Test(arguments: [(RevocationQuirks.TokenLocation.query, "/revoke?token="), (.path, "/revoke/")])
    func tokenMayBeInTheAddress(_ location: RevocationQuirks.TokenLocation, prefix: String) async throws {
        let quirks = quirks {
            $0.revocation.tokenLocation = location
            $0.revocation.clientAuthentication = .none
            $0.revocation.accepts = .refreshToken
        }
        try await withSandbox(quirks) { driver in
            let tokens = try await driver.tokens()
            let form = FormParameters([("token", tokens.refreshToken ?? "")])
            #expect(try await driver.send(.post, "/revoke", form: form).error == "invalid_request")
            let wrongKind = try await driver.send(.post, prefix + tokens.accessToken)
            #expect(wrongKind.error == "unsupported_token_type")
            #expect(try await driver.send(.post, prefix + (tokens.refreshToken ?? "")).status == 200)
            #expect(try await !driver.isAlive(tokens.accessToken))
        }
    }

    @Test func bodyMayBeJSON() async throws {
        let quirks = quirks {
            $0.revocation.tokenLocation = .json
            $0.revocation.tokenParameter = "refresh_token"
            $0.revocation.requiredHeaders = ["Notion-Version": "1"]
            $0.revocation.requiredParameters = ["account": "a"]
        }
        try await withSandbox(quirks) { driver in
            let tokens = try await driver.tokens()
            let body: JSON = ["refresh_token": .string(tokens.refreshToken ?? ""), "account": "a"]
            let headers = SandboxDriver.basic().merging(json) { $1 }
            #expect(try await driver.send(.post, "/revoke", body: body.text, headers: headers).status == 400)
            let full = headers.merging(["Notion-Version": "1"]) { $1 }
            let less: JSON = ["refresh_token": .string(tokens.refreshToken ?? "")]
            #expect(try await driver.send(.post, "/revoke", body: less.text, headers: full).status == 400)
            #expect(try await driver.send(.post, "/revoke", body: body.text, headers: full).status == 200)
            #expect(try await !driver.isAlive(tokens.accessToken))
        }
    }

    @Test func unknownTokensCanBeRefused() async throws {
        try await withSandbox(quirks { $0.revocation.refusesUnknownTokens = true }) { driver in
            let form = FormParameters([("token", try await driver.tokens().accessToken)])
            let headers = SandboxDriver.basic()
            #expect(try await driver.send(.post, "/revoke", form: form, headers: headers).status == 200)
            #expect(try await driver.send(.post, "/revoke", form: form, headers: headers).error == "invalid_token")
        }
    }

    @Test func accountCanStandInTheTokensPlace() async throws {
        let proof = ["Authorization": "Basic " + Data("s3cret:".utf8).base64EncodedString()]
        let quirks = quirks {
            $0.revocation.tokenLocation = .absent
            $0.revocation.clientAuthentication = .ignored
            $0.revocation.requiredHeaders = proof
            $0.revocation.requiredParameters = ["stripe_user_id": "acct_1"]
        }
        try await withSandbox(quirks) { driver in
            let token = try await driver.tokens().accessToken
            var form = FormParameters([("client_id", SandboxDriver.clientID)])
            #expect(try await driver.send(.post, "/revoke", form: form, headers: proof).status == 400)
            form.append("stripe_user_id", "acct_1")
            #expect(try await driver.send(.post, "/revoke", form: form).status == 400)
            #expect(try await driver.isAlive(token))
            #expect(try await driver.send(.post, "/revoke", form: form, headers: proof).status == 200)
            #expect(try await !driver.isAlive(token))
        }
    }

    @Test func strangersCredentialsProveNothing() async throws {
        try await withSandbox { driver in
            let form = FormParameters([("token", try await driver.tokens().accessToken)])
            let headers = SandboxDriver.basic("stranger")
            #expect(try await driver.send(.post, "/revoke", form: form, headers: headers).error == "invalid_client")
        }
    }

    @Test func answersLikeSlack() async throws {
        let quirks = quirks {
            $0.successFlag = "ok"
            $0.errorsWithStatus200 = true
            $0.revocation.method = .get
            $0.revocation.tokenLocation = .bearer
            $0.revocation.refusesUnknownTokens = true
        }
        try await withSandbox(quirks) { driver in
            let headers = ["Authorization": "Bearer " + (try await driver.tokens().accessToken)]
            #expect(try await driver.send(.get, "/revoke", headers: headers).json["ok"]?.bool == true)
            let again = try await driver.send(.get, "/revoke", headers: headers)
            #expect(again.status == 200)
            #expect(again.json["ok"]?.bool == false)
        }
    }

    @Test func answersLikeGitHub() async throws {
        try await withSandbox { driver in
            let first = try await driver.tokens().accessToken
            let second = try await driver.tokens().accessToken
            let headers = SandboxDriver.basic().merging(json) { $1 }
            func end(_ path: String, _ body: String, _ headers: [String: String]) async throws -> Int {
                try await driver.send(.delete, "/applications/" + path, body: body, headers: headers).status
            }
            let body = #"{"access_token":"\#(first)"}"#
            #expect(try await end("app/grant", body, json) == 401)
            #expect(try await end("other/grant", body, headers) == 404)
            #expect(try await end("app/grant", "{}", headers) == 422)
            #expect(try await end("app/grant", #"{"access_token":"unknown"}"#, headers) == 404)
            #expect(try await end("app/token", body, headers) == 204)
            #expect(try await !driver.isAlive(first))
            #expect(try await driver.isAlive(second))
            #expect(try await end("app/grant", #"{"access_token":"\#(second)"}"#, headers) == 204)
            #expect(try await !driver.isAlive(second))
        }
    }
}

extension SandboxDriver {
    fileprivate func isAlive(_ token: String) async throws -> Bool {
        try await get("/userinfo", bearer: token).status == 200
    }
}
