import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Pushed authorization requests (RFC 9126).
@Suite struct PushedAuthorizationTests {
    @Test func leadsToACodeOnce() async throws {
        try await withSandbox { driver in
            let pushed = try await driver.push()
            #expect(pushed.status == 201)
            #expect(pushed.header("Cache-Control") == "no-store")
            #expect(pushed.json["expires_in"]?.integer == 60)
            let query = try pushed.authorizationQuery()
            let code = try #require(try await driver.authorize(query).callback?["code"])
            #expect(try await driver.exchange(code).status == 200)
            let again = try await driver.authorize(query)
            #expect(again.status == 400)
            #expect(again.location == nil)
        }
    }

    @Test func expires() async throws {
        try await withSandbox(quirks { $0.pushedRequestLifetime = 5 }) { driver in
            let pushed = try await driver.push()
            #expect(pushed.json["expires_in"]?.integer == 5)
            driver.clock.advance(5)
            #expect(try await driver.authorize(pushed.authorizationQuery()).status == 400)
        }
    }

    @Test func browserBringsNothingElse() async throws {
        try await withSandbox { driver in
            let query = try await driver.push().authorizationQuery()
            #expect(try await driver.authorize(query + "&scope=admin").location == nil)
            #expect(try await driver.authorize("client_id=nobody&request_uri=x").location == nil)
            #expect(try await driver.authorize(query).callback?["code"] != nil)
        }
    }

    @Test func needsClientAuthenticationAndASoundRequest() async throws {
        try await withSandbox { driver async throws in
            #expect(try await driver.push(headers: [:]).error == "invalid_client")
            let stranger = SandboxDriver.authorizationQuery(changing: ["redirect_uri": "https://attacker.example/"])
            #expect(try await driver.push(stranger).error == "invalid_request")
            let scope = SandboxDriver.authorizationQuery(changing: ["scope": "a,b"])
            #expect(try await driver.push(scope).error == "invalid_scope")
            let nested = SandboxDriver.authorizationQuery(changing: ["request_uri": "urn:x"])
            #expect(try await driver.push(nested).error == "invalid_request")
            let other = SandboxDriver.authorizationQuery(changing: ["client_id": "nobody"])
            #expect(try await driver.push(other).error == "invalid_request")
        }
    }

    @Test func canBeRequired() async throws {
        try await withSandbox(quirks { $0.pushedAuthorization = .required }) { driver async throws in
            #expect(try await driver.authorize().callback?["error"] == "invalid_request")
            #expect(try await driver.authorize(driver.push().authorizationQuery()).callback?["code"] != nil)
        }
        try await withSandbox { driver async throws in
            let base = MetadataVariant.pushedOnly.path
            let query = SandboxDriver.authorizationQuery()
            let refused = try await driver.send(.get, "\(base)/authorize?\(query)")
            #expect(refused.callback?["error"] == "invalid_request")
            let pushed = try await driver.push(at: base).authorizationQuery()
            let accepted = try await driver.send(.get, "\(base)/authorize?\(pushed)")
            #expect(accepted.callback?["iss"] == SandboxDriver.issuer + base)
        }
    }
}

extension SandboxDriver {
    fileprivate func push(
        _ query: String = authorizationQuery(),
        at base: String = "",
        headers: [String: String] = basic()
    ) async throws -> Answer {
        try await send(.post, base + "/par", form: FormParameters(parsing: query), headers: headers)
    }
}

extension Answer {
    fileprivate func authorizationQuery() throws -> String {
        let name = try #require(json["request_uri"]?.string)
        return FormParameters([("client_id", SandboxDriver.clientID), ("request_uri", name)]).encoded
    }
}
