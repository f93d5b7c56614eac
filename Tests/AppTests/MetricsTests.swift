@testable import App
import Connect
import Outbound
import Prometheus
import Storage
import Testing

@Suite struct MetricsTests {
    @Test func `what happens is counted under its name`() async {
        let metrics = Metrics()
        metrics.count(Happening.sessionCreated)
        metrics.count(Happening.sessionCompleted)
        metrics.count(Happening.sessionFailed(code: "access_denied"))
        metrics.count(Happening.attemptFailed(.providerTimeout))
        metrics.count(Happening.refreshed(integration: "github", .grantEnded))
        let text = await metrics.registry.text()
        for line in [
            "sessions_created_total 1", #"sessions_ended_total{status="completed",code=""} 1"#,
            #"sessions_ended_total{status="failed",code="access_denied"} 1"#,
            #"connect_attempts_failed_total{code="provider_timeout"} 1"#,
            #"refreshes_total{integration="github",outcome="grant_ended"} 1"#,
        ] { #expect(text.contains("\nconnect_portal_\(line)\n"), "\(line)") }
    }

    @Test func `requests to providers are counted by how they ended, and passed on as they are`() async throws {
        let metrics = Metrics()
        let answer = try await metrics.counting { () async throws(TransportError) in
            OutboundResponse(status: 404, headers: [], body: [])
        }
        #expect(answer.status == 404)
        await #expect(throws: TransportError.invalidHeader(name: "X-Secret")) {
            try await metrics.counting { () async throws(TransportError) in throw .invalidHeader(name: "X-Secret") }
        }
        let text = await metrics.registry.text()
        #expect(text.contains(#"outbound_requests_total{outcome="4xx"} 1"#))
        #expect(text.contains(#"outbound_requests_total{outcome="invalid_header"} 1"#))
        #expect(text.contains("outbound_request_duration_seconds_count 2"))
        #expect(!text.contains("X-Secret"))
    }
}
