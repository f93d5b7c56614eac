/// Goes up and down: how many there are.
public final class Gauge: Family {
    private let heading: Heading
    private let series: Series<Double>

    init(heading: Heading) {
        self.heading = heading
        series = Series(labels: heading.labels, initial: 0)
    }

    /// `values` are those of the labels, in their order.
    public func add(_ amount: Int, _ values: String...) {
        series.update(values) { $0 += Double(amount) }
    }

    public func set(_ value: Double, _ values: [String] = []) {
        series.update(values) { $0 = value }
    }

    func write(to page: inout Page) {
        page.begin(heading, type: "gauge")
        for (labels, value) in series.all() { page.add(heading.name, labels, value) }
    }
}
