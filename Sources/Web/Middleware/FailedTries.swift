internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// Lets an address that keeps coming with wrong keys and links wait, and only with those: the right one always works.
struct FailedTries: RouterMiddleware {
    let limits: RateLimits
    let now: @Sendable () -> Instant

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as PortalError where Self.isFailedTry(error, request) {
            let client = limits.clientAddress(context.remoteAddress, request.headers[values: .forwardedFor])
            guard let state = limits.failures.take(client, at: now()), !state.isAllowed else { throw error }
            throw PortalError(
                .rateLimitExceeded,
                "Too many attempts with a wrong key or link",
                details: ["retryAfter": .integer(Int64(state.secondsUntilNext))]
            )
        }
    }

    private static func isFailedTry(_ error: PortalError, _ request: Request) -> Bool {
        switch error.code {
        case .unauthenticated: request.headers[.authorization] != nil
        case .invalidToken: true
        default: false
        }
    }
}
