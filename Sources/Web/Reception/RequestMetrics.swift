internal import HTTPTypes
internal import Hummingbird
internal import Prometheus

/// Counts requests by the route that matched, and how long each took until its answer began.
struct RequestMetrics {
    private let requests: Counter
    private let seconds: Histogram
    private let inFlight: Gauge

    init(_ registry: Registry) {
        requests = registry.counter(
            "connect_portal_http_requests_total",
            "Requests by route and class of status.",
            labels: ["method", "route", "status"]
        )
        seconds = registry.histogram(
            "connect_portal_http_request_duration_seconds",
            "Time until the answer began.",
            labels: ["method", "route"],
            bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        )
        inFlight = registry.gauge("connect_portal_http_requests_in_flight", "Requests without an answer yet.")
    }

    func begin() -> ContinuousClock.Instant {
        inFlight.add(1)
        return .now
    }

    func end() { inFlight.add(-1) }

    func count(_ request: Request, _ response: Response, _ context: PortalContext, since start: ContinuousClock.Instant)
    {
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        // Hummingbird's own answer to what matches nothing has a name, too, but no slash.
        let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "none"
        requests.increment(method, route, "\(response.status.code / 100)xx")
        seconds.observe((.now - start).inSeconds, method, route)
    }

    /// Clients may make up others.
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}
