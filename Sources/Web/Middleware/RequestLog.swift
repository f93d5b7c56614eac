internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Storage

/// One line per request: method, the route that matched, status, time.
///
/// Never the address itself, which may carry a
/// connect token, a code or a state.
struct RequestLog: RouterMiddleware {
    let now: @Sendable () -> Instant

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let start = now()
        let response = try await next(request, context)
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        context.logger.log(
            level: level,
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)",
                "ms": "\(now().milliseconds - start.milliseconds)",
                "requestId": "\(context.requestID)",
            ]
        )
        return response
    }
}
