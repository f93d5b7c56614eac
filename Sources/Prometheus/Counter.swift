/// Goes up only: how often something happened.
public final class Counter: Family {
    private let heading: Heading
    private let series: Series<Double>

    init(heading: Heading) {
        self.heading = heading
        series = Series(labels: heading.labels, initial: 0)
    }

    /// `values` are those of the labels, in their order.
    public func increment(_ values: String..., by amount: Int = 1) {
        series.update(values) { $0 += Double(amount) }
    }

    func write(to page: inout Page) {
        page.begin(heading, type: "counter")
        for (labels, value) in series.all() { page.add(heading.name, labels, value) }
    }
}
