import Hummingbird
import Testing

@Suite struct RouteTableTests {
    @Test func `the pages and files; the API is in its document`() async throws {
        let web = try await WebPortal()
        try web.router.validate()
        let others = web.namedRoutes.filter { !$0.hasPrefix("HEAD") }.filter {
            !$0.contains("/api/v1/") || $0.contains("oauth-callback")
        }
        #expect(
            others == [
                "GET /health", "GET /ready", "GET /docs", "GET /connect", "GET /connect/{session}",
                "POST /connect/{session}", "POST /connect/{session}/cancel", "GET /connect/portal",
                "POST /connect/portal/connect", "POST /connect/portal/disconnect", "GET /api/v1/connect/oauth-callback",
                "GET /api/v1/connect/oauth-callback/{app}", "POST /api/v1/connect/oauth-callback",
                "POST /api/v1/connect/oauth-callback/{app}", "GET /assets/{file}", "GET /favicon.svg",
                "POST /connect/{session}/again", "POST /connect/{session}/account", "POST /connect/{session}/site",
                "POST /connect/portal/rename",
                "GET /connect.js",
                "GET /connect.d.ts", "GET /connect/logo/{name}", "GET /assets/brand/{file}",
                "GET /assets/tiles/{file}",
            ]
        )
    }
}
