import Connect
import Outbound
import Prometheus
import Storage

extension Metrics {
    /// Reads, whenever somebody asks, how much waits where.
    func read(_ portal: Portal, _ outbound: OutboundClient) {
        readRefreshes(portal)
        registry.reading("connect_portal_outbound_requests_in_flight", "Requests to providers that run now.") {
            Double(outbound.load.running)
        }
        registry.reading("connect_portal_outbound_requests_waiting", "Requests that wait for a place.") {
            Double(outbound.load.waiting)
        }
        let store = portal.store
        registry.reading(
            "connect_portal_database_waiting",
            "Writes that wait for the transaction before theirs; with PostgreSQL, whatever waits for a connection."
        ) { Double(store.load.waiting) }
        registry.reading("connect_portal_database_wal_bytes", "The size of SQLite's write-ahead log.") {
            store.load.logBytes.map(Double.init)
        }
        registry.reading("connect_portal_database_connections_in_use", "Connections to PostgreSQL at work.") {
            store.load.connectionsInUse.map(Double.init)
        }
    }

    private func readRefreshes(_ portal: Portal) {
        registry.reading("connect_portal_refreshes_in_flight", "Refreshes under way in this process.") {
            Double(portal.refreshesUnderWay)
        }
        let due = Remembered(for: .seconds(15)) { try? await portal.refreshesDue() }
        registry.reading(
            "connect_portal_refreshes_due",
            "Connections whose tokens are due for a refresh, by all processes together; at most 15 seconds old."
        ) { await due.value().map { Double($0.count) } }
        registry.reading(
            "connect_portal_refreshes_oldest_due_seconds",
            "For how long the longest due has been so; 0 where nothing is."
        ) {
            await due.value().map { found in
                found.oldest.map { Double(portal.now().milliseconds - $0.milliseconds) / 1000 } ?? 0
            }
        }
    }
}

/// A value that costs something to find, found again only when it is old.
private actor Remembered<Value: Sendable> {
    private let lifetime: Duration
    private let find: @Sendable () async -> Value?
    private var found: (value: Value?, at: ContinuousClock.Instant)?

    init(for lifetime: Duration, _ find: @escaping @Sendable () async -> Value?) {
        self.lifetime = lifetime
        self.find = find
    }

    func value() async -> Value? {
        if let found, .now - found.at < lifetime { return found.value }
        let value = await find()
        found = (value, .now)
        return value
    }
}
