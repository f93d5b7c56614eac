import StrictJSON

extension Faults: Switchable {
    static let switches: [Switch<Faults>] = [
        .choice("endpoint", \.endpoint),
        .make("times", \.times, expected: "must be null or a number, not negative", { $0.map(JSON.init) ?? .null }) {
            $0.isNull ? .some(nil) : $0.count.map(Optional.some)
        },
        .flag("everyOther", \.everyOther),
        .make("delay", \.delay, expected: "must be seconds, 0 to 3600", { .double($0) }) {
            let seconds = if case .double(let double) = $0 { double } else { $0.count.map(Double.init) }
            return seconds.flatMap { (0...3600).contains($0) ? $0 : nil }
        },
        .flag("afterProcessing", \.afterProcessing),
        .choice("failure", \.failure),
        .make("status", \.status, expected: "must be 200 to 599", { JSON($0) }) {
            $0.count.flatMap { (200...599).contains($0) ? $0 : nil }
        },
        .map("headers", \.headers),
        .text("body", \.body),
    ]
}
