import Foundation
import Storage

/// What a provider's `Date` header says about our clock.
struct ClockReading: Equatable {
    /// By how much the provider is ahead.
    let seconds: Double

    /// The header was written between asking and answer, and tells whole seconds (RFC 9110 §6.6.1).
    init?(_ header: String?, sent: Date, received: Date) {
        guard let header, let date = Instant(httpDate: header)?.date else { return nil }
        let middle = sent.addingTimeInterval(received.timeIntervalSince(sent) / 2)
        seconds = date.timeIntervalSince(middle) + 0.5
    }

    var finding: Finding {
        let distance = Int(abs(seconds).rounded())
        guard distance > 60 else { return .good("clock", "\(distance) s apart from the provider's") }
        return .bad(
            "clock",
            "this machine's clock is \(distance) s \(seconds > 0 ? "behind" : "ahead of") the provider's",
            "Set it by the network (systemd-timesyncd, chrony): signed tokens and codes fail more than a minute apart."
        )
    }
}
