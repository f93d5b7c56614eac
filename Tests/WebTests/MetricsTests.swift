import HTTPTypes
import Prometheus
import Testing

@Suite struct MetricsTests {
    @Test func `requests are counted by route, and no address or name becomes a label`() async throws {
        let web = try await WebPortal()
        let registry = web.registry
        try await web.run { asking in
            let minted = try await asking.mint()
            _ = try await asking.open(minted.path)
            _ = try await asking.page(.get, "/connect/\(minted.session)")
            for number in 0..<3 { _ = try await asking.page(.get, "/nowhere/\(number)") }
            _ = try await asking.api(.get, "/api/v1/workspaces/unknown-workspace")
            _ = try await asking.api(.get, "/api/v1/workspaces", authorization: "Bearer wvz_wrong")
            if let made = HTTPRequest.Method("BREW") { _ = try await asking.page(made, "/health") }
            let text = await registry.text()
            for line in [
                #"http_requests_total{method="POST",route="/api/v1/connect/token",status="2xx"} 1"#,
                #"http_requests_total{method="GET",route="/connect",status="2xx"} 1"#,
                #"http_requests_total{method="GET",route="/connect/{session}",status="4xx"} 1"#,
                #"http_requests_total{method="GET",route="none",status="4xx"} 3"#,
                #"http_requests_total{method="GET",route="/api/v1/workspaces/{id}",status="4xx"} 1"#,
                #"http_requests_total{method="other",route="none",status="4xx"} 1"#,
                #"http_request_duration_seconds_count{method="POST",route="/api/v1/connect/token"} 1"#,
                "http_requests_in_flight 0",
            ] { #expect(text.contains("\nconnect_portal_\(line)\n"), "\(line)\n\(text)") }
            for value in [minted.session, minted.token, asking.workspace, "unknown-workspace", "wvz_", "nowhere"] {
                #expect(!text.contains(value))
            }
        }
    }
}
