import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StrictJSON
import Synchronization
import Testing

@testable import Sandbox

private let origin = "http://localhost:8081"
private let formHeaders = ["Content-Type": "application/x-www-form-urlencoded", "Origin": origin]

/// Acme Notes, with a portal that only writes down what it is asked.
@Suite struct SampleAppTests {
    @Test func showsWhatIsConnected() async throws {
        try await withSampleApp { send, _ in
            let page = try await send(.get, "/demo", nil, [:])
            #expect(page.text.contains("ada@sandbox.example"))
            #expect(page.text.contains("Connected</p>"))
            #expect(page.text.ranges(of: "Disconnect<").count == 1)
            #expect(page.text.contains(#"src="http://localhost:8080/assets/connect.js""#))
            #expect(page.header("Content-Security-Policy")?.contains("http://localhost:8080") == true)
            #expect(!page.text.contains("somebody else"))
            #expect(page.text.contains("Type <code>&lt;ada&gt;</code>"))
        }
    }

    @Test func popupGetsOnlyTheConnectURL() async throws {
        try await withSampleApp { send, calls in
            let body = #"{"integrationName":"sandbox"}"#
            let answer = try await send(.post, "/demo/connect-url", body, ["Origin": origin])
            #expect(answer.json["connectUrl"]?.string == "http://localhost:8080/connect?token=cst_x")
            let minted = try #require(calls.last)
            #expect(minted["externalId"]?.string == "dana-sandbox")
            #expect(minted["allowedOrigins"] == [.string(origin)])
            #expect(minted["endUserId"]?.string == "dana")
        }
    }

    @Test func tabGoesToThePortalAndComesBack() async throws {
        try await withSampleApp { send, calls in
            let answer = try await send(.post, "/demo/connect", "integrationName=sandbox", formHeaders)
            #expect(answer.status == 303)
            #expect(answer.location == "http://localhost:8080/connect?token=cst_x")
            #expect(calls.last?["successRedirectUri"]?.string == origin + "/demo")
            let back = try await send(.get, "/demo?status=success&sessionId=s1", nil, [:])
            #expect(back.text.contains("Sandbox ID is connected."))
            let forged = try await send(.get, "/demo?status=success&sessionId=foreign", nil, [:])
            #expect(!forged.text.contains("is connected."))
        }
    }

    @Test(arguments: [["Origin": "https://attacker.example"], ["Sec-Fetch-Site": "cross-site"]])
    func otherSitesCannotPressItsButtons(_ headers: [String: String]) async throws {
        try await withSampleApp { send, calls async throws in
            for path in ["connect", "link", "dead-link", "person-page"] {
                #expect(try await send(.post, "/demo/" + path, "integrationName=sandbox", headers).status == 403)
            }
            #expect(try await send(.post, "/demo/disconnect", "connectionId=c1", headers).status == 403)
            #expect(try await send(.post, "/demo/connect-url", "{}", headers).status == 403)
            #expect(calls.all.isEmpty && calls.deleted.isEmpty)
        }
    }

    @Test func disconnectsOnlyItsOwn() async throws {
        try await withSampleApp { send, calls in
            _ = try await send(.post, "/demo/disconnect", "connectionId=foreign", formHeaders)
            #expect(calls.deleted.isEmpty)
            #expect(try await send(.post, "/demo/disconnect", "connectionId=c1", formHeaders).status == 303)
            #expect(calls.deleted == ["/api/v1/connections/c1"])
        }
    }

    @Test func linkIsShownAndLeadsNowhereBack() async throws {
        try await withSampleApp { send, calls in
            let page = try await send(.post, "/demo/link", "integrationName=sandbox", formHeaders)
            #expect(page.text.contains(#"value="http://localhost:8080/connect?token=cst_x""#))
            #expect(calls.last?["successRedirectUri"] == nil)
        }
    }

    @Test func withdrawnLinkIsWithdrawnBeforeItIsOpened() async throws {
        try await withSampleApp { send, calls in
            let form = "integrationName=ended&kind="
            let withdrawn = try await send(.post, "/demo/dead-link", form + "withdrawn", formHeaders)
            #expect(withdrawn.location == "http://localhost:8080/connect?token=cst_x")
            #expect(calls.deleted == ["/api/v1/connect/session/s1"])
            let damaged = try await send(.post, "/demo/dead-link", form + "damaged", formHeaders)
            #expect(damaged.location?.contains("cst_x") == false)
        }
    }

    @Test func pageOfOnesOwnOffersWhatIsMissing() async throws {
        try await withSampleApp { send, calls in
            let answer = try await send(.post, "/demo/person-page", "", formHeaders)
            #expect(answer.location == "http://localhost:8080/connect/portal?token=eut_x")
            #expect(calls.all.compactMap { $0["integrationName"]?.string } == ["broken"])
            #expect(calls.last?["externalId"]?.string == "dana")
        }
    }

    @Test func portalProblemsAreShown() async throws {
        try await withSampleApp { send, calls in
            let unknown = try await send(.post, "/demo/connect", "integrationName=unknown", formHeaders)
            #expect(unknown.status == 400)
            let broken = try await send(.post, "/demo/connect", "integrationName=broken", formHeaders)
            #expect(broken.text.contains("No OAuth app is configured."))
            #expect(calls.last?["locale"]?.string == "ar")
        }
    }
}
