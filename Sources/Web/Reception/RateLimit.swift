internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage

/// Limits requests: by organization with a valid key, by client address without.
///
/// Says so on every API answer.
struct RateLimit {
    let limits: RateLimits
    let now: @Sendable () -> Instant

    /// Takes a token for the request; nothing where there is no limit.
    func take(_ request: Request, _ context: PortalContext) -> TokenBuckets.State? {
        guard isLimited(request.uri.path) else { return nil }
        if case .success(let key) = context.caller {
            return limits.organizations.take(key.organizationID.rawValue, at: now())
        }
        return limits.addresses.take(context.clientName, at: now())
    }

    /// Throws `RATE_LIMIT_EXCEEDED` where there was no token.
    static func require(_ state: TokenBuckets.State?) throws(PortalError) {
        guard let state, !state.isAllowed else { return }
        throw PortalError(.rateLimitExceeded, "Rate limit exceeded")
    }

    /// Not what the operator's tools ask, and not the styles and scripts.
    private func isLimited(_ path: String) -> Bool {
        path.hasPrefix("/api/") || path == "/connect" || path.hasPrefix("/connect/")
    }
}

extension TokenBuckets.State {
    /// Says how much is left, and when there is more where nothing was.
    func mark(_ response: inout Response) {
        response.headers[.rateLimit] = String(limit)
        response.headers[.rateLimitRemaining] = String(remaining)
        response.headers[.rateLimitReset] = String(resetSeconds)
        if !isAllowed { response.headers[.retryAfter] = String(secondsUntilNext) }
    }
}

extension HTTPField.Name {
    static let rateLimit = HTTPField.Name("X-RateLimit-Limit") ?? .date
    static let rateLimitRemaining = HTTPField.Name("X-RateLimit-Remaining") ?? .date
    static let rateLimitReset = HTTPField.Name("X-RateLimit-Reset") ?? .date
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .date
}
