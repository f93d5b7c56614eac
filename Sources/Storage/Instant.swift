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
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text += Self.pad(year, 4).utf8
        text.append(UInt8(ascii: "-"))
        Self.write(month, 2, "-", into: &text)
        Self.write(dayOfMonth, 2, "T", into: &text)
        Self.write(timeOfDay / 3_600_000, 2, ":", into: &text)
        Self.write(timeOfDay / 60_000 % 60, 2, ":", into: &text)
        Self.write(timeOfDay / 1000 % 60, 2, ".", into: &text)
        Self.write(timeOfDay % 1000, 3, "Z", into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the date of an HTTP header as servers write it, such as `Thu, 15 Jan 2026 10:30:00 GMT` (RFC 9110 §5.6.7).
    public init?(httpDate text: String) {
        guard
            let match = text.wholeMatch(of: Self.httpDate)?.output,
            let month = Self.months.firstIndex(of: String(match.2))
        else { return nil }
        self.init("\(match.3)-\(Self.pad(Int64(month + 1), 2))-\(match.1)T\(match.4)Z")
    }

    /// As in an HTTP header, in whole seconds.
    public var httpDate: String {
        let day = Self.floorDivide(milliseconds, 86_400_000)
        let (year, month, dayOfMonth) = Self.civil(day)
        let weekday = Self.weekdays[Int(((day + 4) % 7 + 7) % 7)]
        let time = description.dropFirst(Self.pad(year, 4).utf8.count + 7).prefix(8)
        return "\(weekday), \(Self.pad(dayOfMonth, 2)) \(Self.months[Int(month) - 1]) \(Self.pad(year, 4)) \(time) GMT"
    }

    private static let weekdays = "Sun Mon Tue Wed Thu Fri Sat".split(separator: " ").map(String.init)
    private static let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ").map(String.init)

    /// Reads RFC 3339 with any offset; nothing where the text is something else, or names a day that does not exist.
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: Self.dateTime)?.output, let year = Int64(match.1),
            let month = Int64(match.2), let dayOfMonth = Int64(match.3), let hour = Int64(match.4),
            let minute = Int64(match.5),
            let second = Int64(match.6)
        else { return nil }
        let day = Self.day(year, month, dayOfMonth)
        guard Self.civil(day) == (year, month, dayOfMonth), hour < 24, minute < 60, second < 60 else { return nil }
        let offsetHours = match.10.flatMap { Int64($0) } ?? 0
        let offsetMinutes = match.11.flatMap { Int64($0) } ?? 0
        guard offsetHours < 24, offsetMinutes < 60 else { return nil }
        let offset = (offsetHours * 60 + offsetMinutes) * (match.9 == "-" ? -1 : 1)
        let fraction = match.7.flatMap { Double($0) } ?? 0
        let minutes = (day * 24 + hour) * 60 + minute - offset
        milliseconds = (minutes * 60 + second) * 1000 + Int64(fraction * 1000)
    }

    // Made once: a literal in a function is compiled each time that it is come by. Digits of other scripts would match
    // and then be no numbers.
    nonisolated(unsafe) private static let dateTime =
        /(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|([+\-])(\d\d):(\d\d))/.asciiOnlyDigits()
    nonisolated(unsafe) private static let httpDate =
        /[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT/

    /// The day number of a date, the reverse of `civil`; months run from March, so that the leap day comes last.
    private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
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

    /// A number of at most `width` digits and what follows it; by hand, as every answer has several moments.
    private static func write(_ value: Int64, _ width: Int, _ end: Unicode.Scalar, into text: inout [UInt8]) {
        var power: Int64 = 1
        for _ in 1..<width { power *= 10 }
        while power > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / power % 10))
            power /= 10
        }
        text.append(UInt8(ascii: end))
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
