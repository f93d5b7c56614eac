internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Storage

/// One line per request: method, the route that matched, status, time.
///
/// Never the address itself, which may carry a connect token, a code or a state.
struct RequestLog {
    let now: @Sendable () -> Instant

    func begin() -> Instant { now() }

    func write(_ request: Request, _ response: Response, _ context: PortalContext, since start: Instant) {
        context.logger.log(
            level: response.status.code >= 500 ? .error : .info,
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)",
                "ms": "\(now().milliseconds - start.milliseconds)",
                "requestId": "\(context.requestID)",
            ]
        )
    }
}
