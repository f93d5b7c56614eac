internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage

/// Limits requests: by organization with a valid key, by client address without.
///
/// Says so on every API answer.
struct RateLimit: RouterMiddleware {
    let limits: RateLimits
    let errors: ErrorResponses
    let now: @Sendable () -> Instant

    init(_ limits: RateLimits, errors: ErrorResponses, now: @escaping @Sendable () -> Instant) {
        self.limits = limits
        self.errors = errors
        self.now = now
    }

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard isLimited(request.uri.path) else { return try await next(request, context) }
        let state = take(request, context)
        guard state?.isAllowed ?? true else {
            let error = PortalError(.rateLimitExceeded, "Rate limit exceeded")
            var response = errors.response(to: error, request, context)
            response.headers[.retryAfter] = String(state?.secondsUntilNext ?? 1)
            return marked(response, state)
        }
        return marked(try await next(request, context), state)
    }

    /// Not what the operator's tools ask, and not the styles and scripts.
    private func isLimited(_ path: String) -> Bool {
        path.hasPrefix("/api/") || path == "/connect" || path.hasPrefix("/connect/")
    }

    private func take(_ request: Request, _ context: PortalContext) -> TokenBuckets.State? {
        if case .success(let key) = context.caller {
            return limits.organizations.take(key.organizationID.rawValue, at: now())
        }
        let client = limits.clientAddress(context.remoteAddress, request.headers[values: .forwardedFor])
        return limits.addresses.take(client, at: now())
    }

    private func marked(_ response: Response, _ state: TokenBuckets.State?) -> Response {
        guard let state else { return response }
        var response = response
        response.headers[.rateLimit] = String(state.limit)
        response.headers[.rateLimitRemaining] = String(state.remaining)
        response.headers[.rateLimitReset] = String(state.resetSeconds)
        return response
    }
}

extension HTTPField.Name {
    static let rateLimit = HTTPField.Name("X-RateLimit-Limit") ?? .date
    static let rateLimitRemaining = HTTPField.Name("X-RateLimit-Remaining") ?? .date
    static let rateLimitReset = HTTPField.Name("X-RateLimit-Reset") ?? .date
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .date
}
