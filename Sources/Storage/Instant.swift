public import Foundation

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z; as text RFC 3339 in UTC with milliseconds.
public struct Instant: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(_ date: Date) { milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down)) }

    public var seconds: Int64 { milliseconds / 1000 }
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(
            milliseconds: instant.milliseconds + duration.components.seconds * 1000 + duration.components.attoseconds
                / 1_000_000_000_000_000
        )
    }
}

extension Instant: CustomStringConvertible {
    /// For example `2026-01-15T10:30:00.000Z`.
    public var description: String {
        let day = Self.floorDivide(milliseconds, 86_400_000)
        let timeOfDay = milliseconds - day * 86_400_000
        let (year, month, dayOfMonth) = Self.civil(day)
        let clock = [timeOfDay / 3_600_000, timeOfDay / 60_000 % 60, timeOfDay / 1000 % 60].map { Self.pad($0, 2) }
        return "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(dayOfMonth, 2))T\(clock.joined(separator: ":"))"
            + ".\(Self.pad(timeOfDay % 1000, 3))Z"
    }

    /// Reads RFC 3339 with any offset; nothing where the text is something else.
    public init?(_ text: String) {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard text.utf8.count <= 40, let date = try? style.parse(text) else { return nil }
        self.init(date)
    }

    /// The Gregorian date of a day number, day 0 being 1970-01-01 (the "days to civil" computation over 400-year eras).
    private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : (value - by + 1) / by
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
