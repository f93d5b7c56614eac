internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// Looks up the API key of a request; what needs none goes on without, the rest is refused where it starts.
struct IdentifyCaller: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let values = request.headers[values: .authorization]
        guard request.uri.path.hasPrefix("/api/"), !values.isEmpty else { return try await next(request, context) }
        var context = context
        do {
            guard values.count == 1 else { throw PortalError(.validation, "Authorization is given twice") }
            context.caller = .success(try await portal.authenticate(authorization: values[0]))
        } catch { context.caller = .failure(error) }
        return try await next(request, context)
    }
}
