/// How long things took, or how large they were, in buckets.
public final class Histogram: Family {
    private struct Buckets: Sendable {
        var counts: [Int]
        var sum = 0.0
    }

    private let heading: Heading
    private let bounds: [Double]
    private let series: Series<Buckets>

    init(heading: Heading, bounds: [Double]) {
        self.heading = heading
        self.bounds = bounds
        series = Series(labels: heading.labels, initial: Buckets(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    /// `values` are those of the labels, in their order.
    public func observe(_ value: Double, _ values: String...) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        series.update(values) { buckets in
            buckets.counts[bucket] += 1
            buckets.sum += value
        }
    }

    func write(to page: inout Page) {
        page.begin(heading, type: "histogram")
        for (labels, buckets) in series.all() {
            var count = 0
            for (bound, own) in zip(bounds + [.infinity], buckets.counts) {
                count += own
                page.add(heading.name + "_bucket", labels + [("le", Page.number(bound))], Double(count))
            }
            page.add(heading.name + "_sum", labels, buckets.sum)
            page.add(heading.name + "_count", labels, Double(count))
        }
    }
}

extension Duration {
    /// Prometheus' own unit of time.
    public var inSeconds: Double { self / .seconds(1) }
}
