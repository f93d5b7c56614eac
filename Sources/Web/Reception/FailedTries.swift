internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// Lets an address that keeps coming with wrong keys and links wait, and only with those: the right one always works.
struct FailedTries {
    let limits: RateLimits
    let now: @Sendable () -> Instant

    /// The error to answer with in the place of this one.
    func counted(_ error: any Error, _ request: Request, _ context: PortalContext) -> any Error {
        guard let failure = error as? PortalError, Self.isFailedTry(failure, request),
            let state = limits.failures.take(context.clientName, at: now()), !state.isAllowed
        else { return error }
        return PortalError(
            .rateLimitExceeded,
            "Too many attempts with a wrong key or link",
            details: ["retryAfter": .integer(Int64(state.secondsUntilNext))]
        )
    }

    private static func isFailedTry(_ error: PortalError, _ request: Request) -> Bool {
        switch error.code {
        case .unauthenticated: request.headers[.authorization] != nil
        case .invalidToken: true
        default: false
        }
    }
}
