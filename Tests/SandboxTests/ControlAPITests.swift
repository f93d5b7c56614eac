import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let clientPath = "/control/clients/app"

/// The API by which tests set switches and count requests.
@Suite struct ControlAPITests {
    @Test func showsEverySwitchByName() async throws {
        try await withSandbox { driver in
            let client = try await driver.send(.get, clientPath).json
            let quirks = Mirror(reflecting: Quirks()).children.compactMap(\.label)
            let faults = Mirror(reflecting: Faults()).children.compactMap(\.label)
            #expect(client["quirks"]?.object?.members.map(\.name).sorted() == quirks.sorted())
            #expect(client["faults"]?.object?.members.map(\.name).sorted() == faults.sorted())
            #expect(client["secret"] == nil)
            #expect(try await driver.send(.get, "/control/clients/nobody").status == 404)
        }
    }

    @Test func patchedSwitchesWork() async throws {
        try await withSandbox { driver in
            let patch = #"{"quirks":{"accessTokenLifetime":5},"faults":{"failure":"response","status":503,"times":1}}"#
            #expect(try await driver.send(.patch, clientPath, body: patch).status == 200)
            let code = try await driver.code()
            #expect(try await driver.exchange(code).status == 503)
            #expect(try await driver.exchange(code).json["expires_in"]?.integer == 5)
            _ = try await driver.send(.patch, clientPath, body: #"{"quirks":null}"#)
            let client = try await driver.send(.get, clientPath).json
            #expect(client.value(at: "quirks.accessTokenLifetime")?.integer == 3600)
        }
    }

    @Test func switchesInGroupsAreSetOneByOne() async throws {
        try await withSandbox(quirks { $0.revocation.status = 204 }) { driver in
            let patch = #"{"quirks":{"revocation":{"method":"delete"},"sites":{"offer":"one"}}}"#
            let client = try await driver.send(.patch, clientPath, body: patch).json
            #expect(client.value(at: "quirks.revocation.method")?.string == "delete")
            #expect(client.value(at: "quirks.revocation.status")?.integer == 204)
            #expect(client.value(at: "quirks.sites.offer")?.string == "one")
            let reset = try await driver.send(.patch, clientPath, body: #"{"quirks":{"revocation":null}}"#).json
            #expect(reset.value(at: "quirks.revocation.status")?.integer == 200)
            #expect(reset.value(at: "quirks.sites.offer")?.string == "one")
            for (group, value) in [
                ("revocation", RevocationQuirks() as Any), ("exchange", ExchangeQuirks()), ("account", AccountQuirks()),
                ("sites", SitesQuirks()),
            ] {
                let names = Mirror(reflecting: value).children.compactMap(\.label)
                let shown = reset["quirks"]?[group]?.object?.members.map(\.name)
                #expect(shown?.sorted() == names.sorted())
            }
        }
    }

    @Test func itsOwnAnswerCanBeSentBack() async throws {
        let quirks = quirks {
            $0.extraTokenMembers = ["a": ["b": 1]]
            $0.parameterNames = ["code": "auth_code"]
            $0.withheldScopes = ["email"]
        }
        try await withSandbox(quirks, faults: .delay(seconds: 1.5).times(3)) { driver in
            let client = try await driver.send(.get, clientPath).json
            let patch: JSON = ["quirks": client["quirks"] ?? .null, "faults": client["faults"] ?? .null]
            let answer = try await driver.send(.patch, clientPath, body: patch.text)
            #expect(answer.status == 200)
            #expect(answer.json == client)
        }
    }

    @Test(arguments: [
        (#"{"quirks":{"accessTokenLifetime":5,"bogus":1}}"#, "quirks.bogus is not known"),
        (#"{"bogus":1}"#, "bogus is not known"), (#"{"faults":{"bogus":1}}"#, "faults.bogus is not known"),
        (#"{"quirks":{"pkce":"maybe"}}"#, "quirks.pkce must be one of required, optional, ignored, refused"),
        (#"{"faults":{"times":-1}}"#, "faults.times must be null or a number, not negative"),
        (#"{"quirks":{"revocation":{"bogus":1}}}"#, "quirks.revocation.bogus is not known"),
        (#"{"quirks":{"sites":{"offer":1}}}"#, "quirks.sites.offer must be one of several, one, none, mixed"),
        (#"{"faults":[]}"#, "faults must be an object"), (#"[]"#, "the body must be an object"),
        (#"{"quirks""#, "unexpected character at byte 9"),
    ])
    func namesWhatItRefusesAndChangesNothing(_ patch: String, problem: String) async throws {
        try await withSandbox { driver in
            let answer = try await driver.send(.patch, clientPath, body: patch)
            #expect(answer.status == 400)
            #expect(answer.error == problem)
            let client = try await driver.send(.get, clientPath).json
            #expect(client.value(at: "quirks.accessTokenLifetime")?.integer == 3600)
        }
    }

    @Test func countsRequests() async throws {
        try await withSandbox { driver in
            let tokens = try await driver.tokens()
            _ = try await driver.refresh(tokens.refreshToken ?? "")
            let log = try await driver.send(.get, "/control/requests?endpoint=token&clientId=app").json
            #expect(log["total"]?.integer == 2)
            #expect(log.value(at: "totals.authorize")?.integer == 1)
            let last = try #require(log["requests"]?.array?.last)
            #expect(last.value(at: "parameters.grant_type")?.string == "refresh_token")
            #expect(last["authentication"]?.string == "client_secret_basic")
        }
    }

    @Test func resetForgetsEverything() async throws {
        try await withSandbox { driver in
            let tokens = try await driver.tokens()
            #expect(try await driver.send(.post, "/control/reset").status == 415)
            let headers = ["Content-Type": "application/json"]
            #expect(try await driver.send(.post, "/control/reset", headers: headers).status == 204)
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 401)
            #expect(try await driver.send(.get, "/control/requests?endpoint=token").json["total"]?.integer == 0)
        }
    }
}
