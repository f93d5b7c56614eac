internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// Lets the audit log know which request is being answered, and where it came from.
struct TellOrigin: RouterMiddleware {
    let limits: RateLimits

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let address = limits.client(context.remoteAddress, request.headers[values: .forwardedFor])
        let origin = RequestOrigin(requestID: context.requestID, address: address)
        return try await RequestOrigin.$current.withValue(origin) { try await next(request, context) }
    }
}
