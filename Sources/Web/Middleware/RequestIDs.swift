internal import HTTPTypes
internal import Hummingbird

/// Gives every request an id, or takes a well-formed one that it brings, and returns it as `X-Request-Id`.
struct RequestIDs: RouterMiddleware {
    let random: @Sendable (Int) -> [UInt8]

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = wellFormed(request.headers[.requestID]) ?? fresh()
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        return response
    }

    private func wellFormed(_ id: String?) -> String? {
        guard let id, (8...64).contains(id.utf8.count) else { return nil }
        return id.wholeMatch(of: /[A-Za-z0-9._\-]+/) == nil ? nil : id
    }

    private func fresh() -> String {
        random(10).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id") ?? .date
    static let referrer = HTTPField.Name("Referer") ?? .date
    /// What browsers say of a request that they make before anybody asked (Fetch Standard, 2.2.5), and what they said.
    static let secPurpose = HTTPField.Name("Sec-Purpose") ?? .date
    static let purpose = HTTPField.Name("Purpose") ?? .date
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .date
}
