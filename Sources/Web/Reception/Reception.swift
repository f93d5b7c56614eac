internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import OAuth
internal import Prometheus
internal import Storage

/// What every request passes on the way to its route, and every answer on the way back.
///
/// One layer, to be read from top to bottom, with a type for each of its parts: the framework's layers cost a request
/// more than what most of these parts do.
struct Reception: RouterMiddleware {
    private let portal: Portal
    private let limits: RateLimits
    private let errors: ErrorResponses
    private let paths: KnownPaths
    private let ids: RequestIDs
    private let log: RequestLog
    private let metrics: RequestMetrics
    private let headers: SecurityHeaders
    private let rate: RateLimit
    private let tries: FailedTries

    init(_ portal: Portal, _ limits: RateLimits, _ registry: Registry, _ errors: ErrorResponses, _ paths: KnownPaths) {
        self.portal = portal
        self.limits = limits
        self.errors = errors
        self.paths = paths
        ids = RequestIDs(random: portal.random)
        log = RequestLog(now: portal.now)
        metrics = RequestMetrics(registry)
        headers = SecurityHeaders(isSecure: portal.publicURL.scheme == "https")
        rate = RateLimit(limits: limits, now: portal.now)
        tries = FailedTries(limits: limits, now: portal.now)
    }

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let start = log.begin()
        let count = metrics.begin()
        defer { metrics.end() }
        context.requestID = ids.id(of: request)
        context.client = limits.client(context.remoteAddress, request.headers[values: .forwardedFor])

        let origin = RequestOrigin(requestID: context.requestID, address: context.client)
        var response = await RequestOrigin.$current.withValue(origin) { await answer(request, context, next) }

        headers.add(to: &response, request)
        response.headers[.requestID] = context.requestID
        metrics.count(request, response, context, since: count)
        log.write(request, response, context, since: start)
        return response
    }

    /// Finds out who asks and whether they may ask just now, and makes an answer of every error.
    private func answer(
        _ request: Request,
        _ context: PortalContext,
        _ next: (Request, PortalContext) async throws -> Response
    ) async -> Response {
        var context = context
        context.caller = await caller(of: request)
        let state = rate.take(request, context)
        var response: Response
        do {
            try RateLimit.require(state)
            do {
                try PlainBodies.require(request)
                response = try await next(request, context)
            } catch { throw tries.counted(paths.refusal(of: error, request), request, context) }
        } catch { response = errors.response(to: error, request, context) }
        if let state { state.mark(&response) }
        return response
    }

    /// The API key of a request; what needs none goes on without, the rest is refused where it starts.
    private func caller(of request: Request) async -> Result<APIKey, any Error> {
        let values = request.headers[values: .authorization]
        guard request.uri.path.hasPrefix("/api/"), !values.isEmpty else { return .failure(PortalContext.noKey) }
        do {
            guard values.count == 1 else { throw PortalError(.validation, "Authorization is given twice") }
            return .success(try await portal.authenticate(authorization: values[0]))
        } catch { return .failure(error) }
    }
}
