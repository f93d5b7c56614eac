import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// The provider's API, which tells whose a token is and which sites it reaches.
@Suite struct AccountAPITests {
    @Test(arguments: [
        ("id", "email"), ("data.viewer.id", "data.viewer.email"), ("items.0.id", "items.0.attributes.email"),
        ("resource.uri", "name"), ("login", "login"), ("accounts.1.id", ""), ("0.id", "0.name"),
    ])
    func idAndLabelAreAnywhere(_ idPath: String, _ labelPath: String) async throws {
        let quirks = quirks {
            $0.account.idPath = idPath
            $0.account.labelPath = labelPath
        }
        try await withSandbox(quirks) { driver in
            let answer = try await driver.get("/api/whoami", bearer: driver.tokens().accessToken)
            #expect(answer.json.value(at: idPath)?.string == "sandbox-user-1")
            if !labelPath.isEmpty, labelPath != idPath {
                #expect(answer.json.value(at: labelPath)?.string == "ada@sandbox.example")
            }
        }
    }

    @Test func idCanBeANumber() async throws {
        try await withSandbox(quirks { $0.account.numericID = true }) { driver in
            let answer = try await driver.get("/api/whoami", bearer: driver.tokens().accessToken)
            #expect(answer.json["id"]?.integer == 1)
        }
    }

    @Test(arguments: [
        ("Authorization", "OAuth", "OAuth "), ("Authorization", "", ""), ("X-Shopify-Access-Token", "", ""),
        ("Authorization", "Zoho-oauthtoken", "Zoho-oauthtoken "), ("Authorization", "Bearer", "bearer "),
    ])
    func tokenHasItsPlace(_ header: String, _ scheme: String, written: String) async throws {
        let quirks = quirks {
            $0.account.tokenHeader = header
            $0.account.tokenScheme = scheme
        }
        try await withSandbox(quirks) { driver in
            let token = try await driver.tokens().accessToken
            let answer = try await driver.send(.get, "/api/whoami", headers: [header: written + token])
            #expect(answer.json["via"]?.string == "access_token")
            let other = try await driver.send(.get, "/api/whoami", headers: [header: "Other " + token])
            #expect(other.status == 401)
        }
    }

    @Test func otherHeadersCanBeNeeded() async throws {
        try await withSandbox(quirks { $0.account.requiredHeaders = ["Client-Id": "app"] }) { driver in
            let token = try await driver.tokens().accessToken
            #expect(try await driver.get("/api/whoami", bearer: token).status == 401)
            let headers = ["Authorization": "Bearer " + token, "Client-Id": "app"]
            #expect(try await driver.send(.get, "/api/whoami", headers: headers).status == 200)
            #expect(try await driver.send(.get, "/api/sites", headers: headers).status == 200)
        }
    }

    @Test func instanceIsToldWithTheToken() async throws {
        let quirks = quirks {
            $0.extraTokenMembers = ["instance_url": .string(SandboxDriver.issuer + "/instances/eu1")]
            $0.account.instance = "eu1"
        }
        try await withSandbox(quirks) { driver in
            let tokens = try await driver.tokens()
            let address = try #require(tokens.json["instance_url"]?.string)
            let path = String(address.dropFirst(SandboxDriver.issuer.count))
            for suffix in ["/api/whoami", "/api/sites"] {
                #expect(try await driver.get(path + suffix, bearer: tokens.accessToken).status == 200)
                #expect(try await driver.get("/instances/us1" + suffix, bearer: tokens.accessToken).status == 401)
                #expect(try await driver.get(suffix, bearer: tokens.accessToken).status == 401)
            }
        }
    }

    @Test func requestCanBeAPostOrGraphQL() async throws {
        let query = #"{"query": "query { viewer { id email } }"}"#
        for (kind, get, post, graphQL) in [
            (AccountQuirks.RequestKind.get, 200, 401, 401), (.post, 401, 200, 200), (.graphQL, 401, 401, 200),
        ] {
            try await withSandbox(quirks { $0.account.request = kind }) { driver in
                let headers = ["Authorization": "Bearer " + (try await driver.tokens().accessToken)]
                let json = headers.merging(["Content-Type": "application/json"]) { $1 }
                #expect(try await driver.send(.get, "/api/whoami", headers: headers).status == get)
                #expect(try await driver.send(.post, "/api/whoami", headers: headers).status == post)
                #expect(try await driver.send(.post, "/api/whoami", body: query, headers: json).status == graphQL)
            }
        }
    }

    @Test(arguments: [
        (AccountQuirks.Refusal.unauthorized, 401, "error"), (.badRequest, 400, "error"), (.forbidden, 403, "error"),
        (.notOK, 200, "ok"), (.errorList, 200, "errors"), (.inactive, 200, "active"),
    ])
    func deadTokensAreRefusedTheirWay(_ refusal: AccountQuirks.Refusal, status: Int, member: String) async throws {
        try await withSandbox(quirks { $0.account.refusal = refusal }) { driver in
            let token = try await driver.tokens().accessToken
            _ = try await driver.send(.delete, "/control/clients/app/grants")
            let answer = try await driver.get("/api/whoami", bearer: token)
            #expect(answer.status == status)
            #expect(answer.json[member] != nil)
            #expect(answer.json["id"] == nil)
            #expect(try await driver.get("/api/sites", bearer: token).status == status)
        }
    }

    @Test func clientItselfIsAnAccount() async throws {
        try await withSandbox { driver in
            let token = try await driver.token([("grant_type", "client_credentials")]).accessToken
            let answer = try await driver.get("/api/whoami", bearer: token)
            #expect(answer.json["id"]?.string == "app")
            #expect(answer.json["via"]?.string == "client")
        }
    }

    @Test(arguments: [
        ("/api/whoami?api_key=sk_sandbox_ada_1815", [:]), ("/api/whoami", ["X-Api-Key": "sk_sandbox_ada_1815"]),
        ("/api/whoami", ["Authorization": #"OAuth key="app", token="sk_sandbox_ada_1815""#]),
        ("/api/whoami", SandboxDriver.basic("any", "sk_sandbox_ada_1815")),
    ])
    func keyIsTakenAnywhere(_ uri: String, headers: [String: String]) async throws {
        try await withSandbox { driver in
            let answer = try await driver.send(.get, uri, headers: headers)
            #expect(answer.json["via"]?.string == "api_key")
            let wrong = headers.mapValues { $0.replacing("1815", with: "18150") }
            let wrongURI = uri.replacing("1815", with: "18150")
            if !uri.contains("?"), headers["Authorization"]?.hasPrefix("Basic") == true { return }
            #expect(try await driver.send(.get, wrongURI, headers: wrong).status == 401)
        }
    }

    @Test(arguments: [
        (SitesQuirks.Offer.several, ["Acme", "Acme Labs"]), (.one, ["Acme"]), (.none, []),
        (.mixed, ["Acme", "Acme Boards", "Acme Labs"]),
    ])
    func sitesAreListedTheirWay(_ offer: SitesQuirks.Offer, names: [String]) async throws {
        for path in ["", "accounts", "data.items"] {
            let quirks = quirks {
                $0.sites.offer = offer
                $0.sites.path = path
                $0.sites.numericIDs = true
            }
            try await withSandbox(quirks) { driver in
                let answer = try await driver.get("/api/sites", bearer: driver.tokens().accessToken)
                let list = try #require(answer.json.value(at: path)?.array)
                #expect(list.compactMap { $0["name"]?.string } == names)
                #expect(list.allSatisfy { $0["id"]?.integer != nil })
                #expect(list.allSatisfy { $0.value(at: "region.code")?.string == "eu" })
                #expect(list.count { $0["product"]?.string == "boards" } == (offer == .mixed ? 1 : 0))
            }
        }
    }

    @Test func sitesHaveTheirOwnMembers() async throws {
        let quirks = quirks {
            $0.sites.offer = .mixed
            $0.sites.idPath = "business.id"
            $0.sites.labelPath = ""
            $0.sites.kindPath = "tenantType"
            $0.sites.kind = "ORGANISATION"
            $0.sites.extraMembers = ["id": "connection", "business": ["account_id": "a"]]
        }
        try await withSandbox(quirks) { driver in
            let answer = try await driver.get("/api/sites", bearer: driver.tokens().accessToken)
            let list = try #require(answer.json.array)
            #expect(list.map { $0.value(at: "business.id")?.string } == ["site-1", "site-3", "site-2"])
            #expect(list.allSatisfy { $0.value(at: "business.account_id")?.string == "a" })
            #expect(list.allSatisfy { $0["id"]?.string == "connection" && $0["name"] == nil })
            #expect(list.map { $0["tenantType"]?.string } == ["ORGANISATION", "boards", "ORGANISATION"])
        }
    }
}
