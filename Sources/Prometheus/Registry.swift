internal import Synchronization

/// Everything that is measured, as text for Prometheus (its exposition format, version 0.0.4).
///
/// Counting takes one short lock; reading is the work of who asks.
public final class Registry: Sendable {
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    private let families = Mutex<[any Family]>([])

    public init() {}

    public func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
        add(Counter(heading: Heading(name: name, help: help, labels: labels)))
    }

    public func gauge(_ name: String, _ help: String, labels: [String] = []) -> Gauge {
        add(Gauge(heading: Heading(name: name, help: help, labels: labels)))
    }

    /// `bounds` are the upper ends of the buckets, ascending and without the infinite one.
    public func histogram(_ name: String, _ help: String, labels: [String] = [], bounds: [Double]) -> Histogram {
        add(Histogram(heading: Heading(name: name, help: help, labels: labels), bounds: bounds))
    }

    /// A counter or gauge whose value is read only when somebody asks; nothing is written where it has none.
    public func reading(
        _ name: String,
        _ help: String,
        as kind: Reading.Kind = .gauge,
        _ read: @escaping @Sendable () async -> Double?
    ) {
        add(Reading(heading: Heading(name: name, help: help, labels: []), kind: kind, read: read))
    }

    public func text() async -> String {
        var page = Page()
        for family in families.withLock({ $0 }) { await family.write(to: &page) }
        return page.text
    }

    @discardableResult
    private func add<Kind: Family>(_ family: Kind) -> Kind {
        families.withLock { $0.append(family) }
        return family
    }
}

/// The series of one name.
protocol Family: Sendable {
    func write(to page: inout Page) async
}

/// What a name measures, by which labels.
struct Heading: Sendable {
    let name: String
    let help: String
    let labels: [String]
}
