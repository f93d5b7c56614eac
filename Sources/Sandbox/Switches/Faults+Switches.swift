import StrictJSON

extension Faults: Switchable {
    static let switches: [Switch<Faults>] = [
        .choice("endpoint", \.endpoint),
        .make("times", \.times, expected: "null or a number, not negative", { $0.map(JSON.init) ?? .null }) {
            $0.isNull ? .some(nil) : $0.count.map(Optional.some)
        },
        .flag("everyOther", \.everyOther),
        .make("delay", \.delay, expected: "seconds, 0 to 3600", { .double($0) }) {
            let seconds = if case .double(let double) = $0 { double } else { $0.count.map(Double.init) }
            return seconds.flatMap { (0...3600).contains($0) ? $0 : nil }
        },
        .flag("afterProcessing", \.afterProcessing),
        .choice("failure", \.failure),
        .status("status", \.status),
        .map("headers", \.headers),
        .text("body", \.body),
    ]
}
