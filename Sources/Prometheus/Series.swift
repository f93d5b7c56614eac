internal import Synchronization

/// The values of one name by their labels; never more than `limit`, whatever a label is given.
final class Series<Value: Sendable>: Sendable {
    private let labels: [String]
    private let initial: Value
    private let limit: Int
    private let values: Mutex<[[String]: Value]>
    /// Where everything goes that came too late for a series of its own.
    static var rest: String { "other" }

    init(labels: [String], initial: Value, limit: Int = 2000) {
        self.labels = labels
        self.initial = initial
        self.limit = limit
        // What has no labels is there from the beginning.
        values = Mutex(labels.isEmpty ? [[]: initial] : [:])
    }

    func update(_ key: [String], _ change: (inout Value) -> Void) {
        values.withLock { values in
            let isKnown = values[key] != nil
            let key = isKnown || values.count < limit ? key : labels.map { _ in Self.rest }
            change(&values[key, default: initial])
        }
    }

    /// In the order of their labels.
    func all() -> [(labels: [(name: String, value: String)], value: Value)] {
        values.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { (Array(zip(labels, $0.key)), $0.value) }
    }
}
