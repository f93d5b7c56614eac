import Foundation

/// What a provider's `Date` header says about our clock.
struct ClockReading: Equatable {
    /// By how much the provider is ahead.
    let seconds: Double

    /// The header was written between asking and answer, and tells whole seconds (RFC 9110 §6.6.1).
    init?(_ header: String?, sent: Date, received: Date) {
        guard let header, let date = Self.format.date(from: header) else { return nil }
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

    /// RFC 9110 §5.6.7.
    private static var format: DateFormatter {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format
    }
}
