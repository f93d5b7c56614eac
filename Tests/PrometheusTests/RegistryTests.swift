import Glibc
import Testing

@testable import Prometheus

@Suite struct RegistryTests {
    @Test func `a registry writes HELP, TYPE and series in order`() async {
        let registry = Registry()
        let requests = registry.counter("requests_total", "Requests\nby \\ \"method\".", labels: ["method", "status"])
        let running = registry.gauge("running", "Running now.")
        requests.increment("GET", "2xx")
        requests.increment("GET", "2xx", by: 2)
        requests.increment("DELETE", "4xx")
        running.add(3)
        running.add(-1)
        #expect(
            await registry.text() == """
                # HELP requests_total Requests\\nby \\\\ "method".
                # TYPE requests_total counter
                requests_total{method="DELETE",status="4xx"} 1
                requests_total{method="GET",status="2xx"} 3
                # HELP running Running now.
                # TYPE running gauge
                running 2

                """
        )
    }

    @Test func `a value without labels is there before anything happened`() async {
        let registry = Registry()
        _ = registry.counter("errors_total", "Errors.")
        _ = registry.counter("errors_by_kind_total", "Errors.", labels: ["kind"])
        let text = await registry.text()
        #expect(text.contains("\nerrors_total 0\n"))
        #expect(!text.contains("errors_by_kind_total{"))
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("a\"b", "a\\\"b"),
        ("a\\b", "a\\\\b"),
        ("a\nb", "a\\nb"),
        ("a\r\nb", "a\r\\nb"),
        ("\\n", "\\\\n"),
        ("ü {x=\"1\"} 7", "ü {x=\\\"1\\\"} 7"),
    ])
    func `a label value stays in its quotes`(value: String, written: String) async {
        let registry = Registry()
        registry.counter("x_total", "X.", labels: ["label"]).increment(value)
        #expect(await registry.text().unicodeScalars.elementsEqual(Self.page("x_total{label=\"\(written)\"} 1")))
    }

    private static func page(_ line: String) -> String.UnicodeScalarView {
        "# HELP x_total X.\n# TYPE x_total counter\n\(line)\n".unicodeScalars
    }

    @Test func `buckets count everything up to their bound, and the last one everything`() async {
        let registry = Registry()
        let seconds = registry.histogram("seconds", "Time.", labels: ["route"], bounds: [0.1, 0.5, 2])
        for value in [0.05, 0.1, 0.100001, 1.5, 60] { seconds.observe(value, "/a") }
        let lines = await registry.text().split(separator: "\n").dropFirst(2)
        #expect(
            Array(lines) == [
                "seconds_bucket{route=\"/a\",le=\"0.1\"} 2",
                "seconds_bucket{route=\"/a\",le=\"0.5\"} 3",
                "seconds_bucket{route=\"/a\",le=\"2\"} 4",
                "seconds_bucket{route=\"/a\",le=\"+Inf\"} 5",
                "seconds_sum{route=\"/a\"} 61.750001",
                "seconds_count{route=\"/a\"} 5",
            ]
        )
    }

    @Test(arguments: [
        (0, "0"), (-3, "-3"), (0.25, "0.25"), (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"),
    ])
    func `numbers are written as Go reads them`(value: Double, text: String) {
        #expect(Page.number(value) == text)
    }

    @Test func `labels of any number of values make a bounded number of series`() {
        let series = Series(labels: ["path", "method"], initial: 0, limit: 10)
        for number in 0..<1000 { series.update(["/\(number)", "GET"]) { $0 += 1 } }
        series.update(["/3", "GET"]) { $0 += 1 }
        let all = series.all()
        #expect(all.count == 11)
        #expect(all.map(\.value).reduce(0, +) == 1001)
        #expect(all.first { $0.labels.allSatisfy { $0.value == "other" } }?.value == 990)
        #expect(all.first { $0.labels.first?.value == "/3" }?.value == 2)
    }

    @Test func `nothing is lost where many count at once`() async {
        let registry = Registry()
        let counter = registry.counter("x_total", "X.", labels: ["label"])
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { for _ in 0..<10_000 { counter.increment("\(task % 2)") } }
            }
        }
        #expect(await registry.text().hasSuffix("x_total{label=\"0\"} 40000\nx_total{label=\"1\"} 40000\n"))
    }

    @Test func `what has no value now is left out with its heading`() async {
        let registry = Registry()
        registry.reading("there", "There.") { 7 }
        registry.reading("not_there", "Not there.") { nil }
        #expect(await registry.text() == "# HELP there There.\n# TYPE there gauge\nthere 7\n")
    }

    @Test func `the process tells of itself`() async throws {
        let registry = Registry()
        registry.readProcess()
        let lines = await registry.text().split(separator: "\n").filter { !$0.hasPrefix("#") }
        let values = Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), Double(parts[1]) ?? .nan)
            }
        )
        #expect(values.count == 7)
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        let resident = try #require(values["process_resident_memory_bytes"])
        #expect(resident > 1_000_000)
        #expect(try #require(values["process_virtual_memory_bytes"]) > resident)
        let open = try #require(values["process_open_fds"])
        #expect(open >= 3)
        #expect(try #require(values["process_max_fds"]) > open)
        #expect(try #require(values["process_threads"]) >= 1)
        let start = try #require(values["process_start_time_seconds"])
        #expect(start > 1_600_000_000 && start < Double(time(nil)) + 1)
    }
}
