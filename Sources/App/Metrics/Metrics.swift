import Connect
import Outbound
import Prometheus
import Storage

/// What is counted beside the requests, and whose numbers it takes.
///
/// No label ever names a person, a tenant, a connection or an address.
struct Metrics {
    let registry = Registry()
    private let refreshes: Counter
    private let sessionsCreated: Counter
    private let sessionsEnded: Counter
    private let attemptsFailed: Counter
    private let commitSeconds: Histogram
    private let writes: Counter
    private let outboundRequests: Counter
    private let outboundSeconds: Histogram

    init() {
        refreshes = registry.counter(
            "connect_portal_refreshes_total",
            "Attempts to renew tokens, by integration and outcome.",
            labels: ["integration", "outcome"]
        )
        sessionsCreated = registry.counter("connect_portal_sessions_created_total", "Connect sessions minted.")
        sessionsEnded = registry.counter(
            "connect_portal_sessions_ended_total",
            "Connect sessions that were completed, or failed with a code; one that expires is in neither.",
            labels: ["status", "code"]
        )
        attemptsFailed = registry.counter(
            "connect_portal_connect_attempts_failed_total",
            "Attempts of people to connect that did not work, by code; they may have tried again.",
            labels: ["code"]
        )
        commitSeconds = registry.histogram(
            "connect_portal_database_commit_duration_seconds",
            "Time of a transaction from its beginning until it is durable.",
            bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
        )
        writes = registry.counter(
            "connect_portal_database_writes_total",
            "Writes made durable; with SQLite, many share a transaction."
        )
        outboundRequests = registry.counter(
            "connect_portal_outbound_requests_total",
            "Requests to providers, by class of status, or why there was no answer.",
            labels: ["outcome"]
        )
        outboundSeconds = registry.histogram(
            "connect_portal_outbound_request_duration_seconds",
            "Time until a provider had answered, with the wait for a place.",
            bounds: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20]
        )
        registry.gauge(
            "connect_portal_build_info",
            "Versions of the program and of the libraries that it has loaded; always 1.",
            labels: ["version", "schema"] + Version.libraries.map { $0.name.lowercased() }
        ).set(1, [Version.version, String(Database.currentSchemaVersion)] + Version.libraries.map(\.version))
        registry.readProcess()
    }

    func count(_ happening: Happening) {
        switch happening {
        case .sessionCreated: sessionsCreated.increment()
        case .sessionCompleted: sessionsEnded.increment("completed", "")
        case .sessionFailed(let code): sessionsEnded.increment("failed", code)
        case .attemptFailed(let code): attemptsFailed.increment(code.rawValue)
        case .refreshed(let integration, let outcome): refreshes.increment(integration, outcome.rawValue)
        }
    }

    func count(_ commit: Commit) {
        commitSeconds.observe(commit.duration.inSeconds)
        writes.increment(by: commit.writes)
    }

    /// Sends a request, and counts what came of it.
    func counting(
        _ send: () async throws(TransportError) -> OutboundResponse
    ) async throws(TransportError) -> OutboundResponse {
        let start = ContinuousClock.now
        defer { outboundSeconds.observe((.now - start).inSeconds) }
        do throws(TransportError) {
            let response = try await send()
            outboundRequests.increment("\(response.status / 100)xx")
            return response
        } catch {
            outboundRequests.increment(error.name)
            throw error
        }
    }
}
