import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let origin = "http://localhost:8081"
private let formHeaders = ["Content-Type": "application/x-www-form-urlencoded", "Origin": origin]

/// The page of Acme Notes with what the portal knows besides the gallery.
@Suite struct CatalogPageTests {
    @Test func saysWhatEachNeeds() async throws {
        try await withSampleApp { send, _ in
            let page = try await send(.get, "/demo/catalog", nil, [:]).text
            #expect(page.contains("<h1>2 services"))
            #expect(page.contains(#"<h2 id="sales-and-crm">Sales and CRM</h2>"#))
            #expect(page.contains(#"Connect<span class="hidden"> Keys &amp; Co</span>"#))
            #expect(page.contains(#"<a href="https://needy.example/docs" target="_blank" rel="noopener noreferrer">"#))
            #expect(page.contains("http://localhost:8080/api/v1/connect/oauth-callback"))
            #expect(page.contains(#"src="http://localhost:8080/assets/tiles/keys.svg""#))
            #expect(!page.contains("Sandbox ID"), "exhibits have the gallery")
        }
    }

    @Test(arguments: [("KEYS", 1), ("crm", 0), ("purpose", 2), ("%22%3E%3Cscript%3E", 2)])
    func hidesWhatIsNotLookedFor(query: String, hidden: Int) async throws {
        try await withSampleApp { send, _ in
            let page = try await send(.get, "/demo/catalog?q=" + query, nil, [:]).text
            let rows = page.split(separator: "<li class=\"service\"").dropFirst().map { $0.prefix { $0 != ">" } }
            #expect(rows.count { $0.hasSuffix(" hidden") } == hidden)
            #expect(page.contains(#"id="nothing" hidden"#) == (hidden < 2))
            #expect(!page.contains("<script>"))
        }
    }

    @Test func leadsBackToTheCatalog() async throws {
        try await withSampleApp { send, calls in
            let answer = try await send(.post, "/demo/connect", "integrationName=keys", formHeaders)
            #expect(answer.status == 303)
            #expect(calls.last?["integrationName"] == "keys")
            #expect(calls.last?["successRedirectUri"]?.string == origin + "/demo/catalog")
            let back = try await send(.post, "/demo/disconnect", "connectionId=c1&from=catalog", formHeaders)
            #expect(back.location == "/demo/catalog")
        }
    }

    @Test func offersAllThatWorksNowOnThePersonsPage() async throws {
        try await withSampleApp { send, calls in
            let answer = try await send(.post, "/demo/person-page", "offer=all", formHeaders)
            #expect(answer.location == "http://localhost:8080/connect/portal?token=eut_x")
            let offered = calls.all.compactMap { call in call["integrationName"]?.string }
            #expect(offered == ["broken", "keys"])
            #expect(calls.all.contains { $0["authMethodKey"] == "main" })
        }
    }
}
