import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let day = 24.0 * 3600

/// Long-lived tokens, which some providers have instead of refresh tokens.
@Suite struct TokenExchangeTests {
    @Test func facebookNeedsIDAndSecret() async throws {
        try await withSandbox(quirks { $0.exchange.grantType = "fb_exchange_token" }) { driver in
            let token = try await driver.tokens().accessToken
            var pairs = [("grant_type", "fb_exchange_token"), ("fb_exchange_token", token)]
            #expect(try await driver.exchange(by: .get, pairs).error == "invalid_request")
            pairs.append(("client_id", SandboxDriver.clientID))
            #expect(try await driver.exchange(by: .get, pairs + [("client_secret", "wrong")]).error == "invalid_client")
            pairs.append(("client_secret", SandboxDriver.secret))
            for method in [HTTPRequest.Method.get, .post] {
                let longLived = try await driver.exchange(by: method, pairs)
                #expect(longLived.json["expires_in"]?.integer == 5_184_000)
                #expect(try await driver.get("/userinfo", bearer: longLived.accessToken).status == 200)
            }
            let other = [("grant_type", "ig_exchange_token"), ("access_token", token)]
            #expect(try await driver.exchange(by: .get, other).error == "unsupported_grant_type")
        }
    }

    @Test func instagramRenewsByTheTokenItself() async throws {
        let quirks = quirks {
            $0.exchange.grantType = "ig_exchange_token"
            $0.exchange.method = .get
            $0.exchange.earliestRenewal = Int(day)
        }
        try await withSandbox(quirks) { driver in
            let short = try await driver.tokens().accessToken
            let renewal = [("grant_type", "ig_refresh_token"), ("access_token", short)]
            #expect(try await driver.exchange(by: .get, renewal).error == "invalid_grant")
            let pairs = [
                ("grant_type", "ig_exchange_token"), ("access_token", short), ("client_secret", SandboxDriver.secret),
            ]
            #expect(try await driver.exchange(by: .post, pairs).status == 405)
            let first = try await driver.exchange(by: .get, pairs).accessToken
            let again = [("grant_type", "ig_refresh_token"), ("access_token", first)]
            #expect(try await driver.exchange(by: .get, again).error == "invalid_request")
            driver.clock.advance(59 * day)
            let second = try await driver.exchange(by: .get, again).accessToken
            driver.clock.advance(2 * day)
            #expect(try await driver.get("/userinfo", bearer: first).status == 401)
            #expect(try await driver.get("/userinfo", bearer: second).status == 200)
        }
    }

    @Test func refreshCanHaveAllInTheAddress() async throws {
        try await withSandbox { driver in
            let refreshToken = try await driver.tokens().refreshToken ?? ""
            let pairs = [
                ("grant_type", "refresh_token"), ("refresh_token", refreshToken),
                ("client_id", SandboxDriver.clientID), ("client_secret", SandboxDriver.secret),
            ]
            let answer = try await driver.exchange(by: .get, pairs)
            #expect(try await driver.get("/userinfo", bearer: answer.accessToken).status == 200)
            #expect(answer.refreshToken != nil && answer.refreshToken != refreshToken)
        }
    }

    @Test func answerCanBeNestedAndShort() async throws {
        let quirks = quirks {
            $0.exchange.answerPath = "data.0"
            $0.exchange.lifetime = 0
            $0.exchange.expiresInAnswer = false
        }
        try await withSandbox(quirks) { driver in
            let token = try await driver.tokens().accessToken
            let pairs = [
                ("grant_type", "th_exchange_token"), ("access_token", token), ("client_secret", SandboxDriver.secret),
            ]
            let answer = try await driver.exchange(by: .post, pairs)
            let longLived = try #require(answer.json.value(at: "data.0.access_token")?.string)
            #expect(answer.json.value(at: "data.0.expires_in") == nil)
            driver.clock.advance(3650 * day)
            #expect(try await driver.get("/userinfo", bearer: longLived).status == 200)
            let log = try await driver.send(.get, "/control/requests?endpoint=exchange&clientId=app").json
            #expect(log["total"]?.integer == 1)
        }
    }
}

extension SandboxDriver {
    fileprivate func exchange(by method: HTTPRequest.Method, _ pairs: [(String, String)]) async throws -> Answer {
        let form = FormParameters(pairs)
        if method == .get { return try await send(.get, "/token/long-lived?" + form.encoded) }
        return try await send(method, "/token/long-lived", form: form)
    }
}
