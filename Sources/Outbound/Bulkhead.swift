/// Shares the connections out, so that a dead server cannot take them all.
///
/// libcurl's own limits would not do: its queue is one line, and a request at its head for a busy server holds back
/// everybody behind it.
struct Bulkhead<Item> {
    private struct Lane {
        var running = 0
        var waiting: [(ticket: Int, item: Item)] = []
    }

    private let maxPerHost: Int
    private let maxTotal: Int
    private var lanes: [String: Lane] = [:]
    private var running = 0
    private var lastTicket = 0

    init(maxPerHost: Int, maxTotal: Int) {
        self.maxPerHost = maxPerHost
        self.maxTotal = maxTotal
    }

    var isAnyoneWaiting: Bool { lanes.values.contains { !$0.waiting.isEmpty } }

    mutating func enqueue(_ item: Item, host: String) {
        lastTicket += 1
        lanes[host, default: Lane()].waiting.append((lastTicket, item))
    }

    /// The next item that may run: the one that waited longest for the host with the fewest running.
    mutating func admit() -> Item? {
        guard running < maxTotal else { return nil }
        let candidates = lanes.lazy.compactMap { [maxPerHost] host, lane in
            lane.waiting.first.flatMap { first in
                lane.running < maxPerHost ? (host: host, running: lane.running, ticket: first.ticket) : nil
            }
        }
        let next = candidates.min { ($0.running, $0.ticket) < ($1.running, $1.ticket) }
        guard let next, let item = lanes[next.host]?.waiting.removeFirst().item else { return nil }
        lanes[next.host]?.running += 1
        running += 1
        return item
    }

    mutating func release(host: String) {
        lanes[host]?.running -= 1
        running -= 1
        forgetIfIdle(host)
    }

    mutating func removeWaiting(where isUnwanted: (Item) -> Bool) -> [Item] {
        var removed: [Item] = []
        for host in Array(lanes.keys) {
            lanes[host]?.waiting.removeAll { entry in
                guard isUnwanted(entry.item) else { return false }
                removed.append(entry.item)
                return true
            }
            forgetIfIdle(host)
        }
        return removed
    }

    private mutating func forgetIfIdle(_ host: String) {
        if let lane = lanes[host], lane.running == 0, lane.waiting.isEmpty { lanes[host] = nil }
    }
}
