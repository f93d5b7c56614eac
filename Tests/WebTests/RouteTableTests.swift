import Hummingbird
import Testing

@Suite struct RouteTableTests {
    @Test func `the table of contents`() async throws {
        let router = try await WebPortal().router
        try router.validate()
        let open = router.routes.map { "\($0.method) \($0.path)" }.filter { !$0.isEmpty }
        let named = Set(open).intersection(Self.table)
        #expect(named == Self.table)
    }

    /// Every address with a meaning; all other methods of these paths answer 405.
    static let table: Set<String> = [
        "GET /health", "GET /ready",
        "GET /api/v1/integrations",
        "POST /api/v1/connect/token", "GET /api/v1/connect/session/{id}", "POST /api/v1/connect/session/poll",
        "OPTIONS /api/v1/connect/session/poll",
        "GET /api/v1/connections", "DELETE /api/v1/connections/{id}",
        "GET /connect", "GET /connect/{session}", "POST /connect/{session}", "POST /connect/{session}/cancel",
        "GET /api/v1/connect/oauth-callback",
        "GET /assets/{file}", "GET /favicon.svg", "GET /connect.js",
    ]
}
