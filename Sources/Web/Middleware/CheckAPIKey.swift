internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// Lets a request on only with a valid API key in its one `Authorization` header.
struct CheckAPIKey: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let values = request.headers[values: .authorization]
        guard values.count <= 1 else { throw PortalError(.validation, "Authorization is given twice") }
        var context = context
        context.apiKey = try await portal.authenticate(authorization: values.first)
        return try await next(request, context)
    }
}
