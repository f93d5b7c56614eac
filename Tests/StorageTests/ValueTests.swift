import Foundation
import Testing

@testable import Storage

@Suite struct ValueTests {
    @Test(arguments: [0, 1_768_473_000_123, 951_782_400_000, 4_102_444_799_999, -1, -11_676_096_000_000])
    func `an instant is written as Foundation writes it`(milliseconds: Int64) {
        let instant = Instant(milliseconds: milliseconds)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // From whole seconds: Foundation rounds milliseconds that a Double cannot hold exactly.
        let seconds = Instant(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000)
        #expect(seconds.description == style.format(seconds.date))
        #expect(instant.description.dropLast(4) == seconds.description.dropLast(4))
        #expect(Instant(instant.description) == instant)
    }

    @Test func `an instant reads other offsets`() {
        #expect(Instant("2026-01-15T11:30:00+01:00")?.description == "2026-01-15T10:30:00.000Z")
        #expect(Instant("2026-01-15T05:00:00.5-05:30")?.description == "2026-01-15T10:30:00.500Z")
        #expect(Instant("2024-02-29T00:00:00Z")?.description == "2024-02-29T00:00:00.000Z")
        // An offset leads out of the years that can be written.
        #expect(Instant("9999-12-31T23:59:59-01:00")?.description == "10000-01-01T00:59:59.000Z")
        #expect(Instant("0000-01-01T00:00:00+01:00")?.description == "00-1-12-31T23:00:00.000Z")
        let none = [
            "2026-01-15", "tomorrow", "", "2030-02-30T12:00:00Z", "2023-02-29T12:00:00Z", "2030-13-01T12:00:00Z",
            "2030-00-01T12:00:00Z", "2030-01-00T12:00:00Z", "2030-01-01T24:00:00Z", "2030-01-01T12:60:00Z",
            "2030-01-01T12:00:61Z", "2030-01-01T12:00:00", "2030-01-01 12:00:00Z", "2030-01-01T12:00:00+25:00",
            "2030-01-01T12:00:00+٠٥:٠٠", "2030-01-01T12:00:00.٣Z",
        ]
        for text in none { #expect(Instant(text) == nil, "\(text)") }
    }

    /// RFC 9562 §5.7.
    @Test func `ids are UUIDs of version 7 that sort by time`() {
        let sequence = IdentifierSequence()
        // Twice the same millisecond, then one back.
        let ids: [Identifier<Connection>] = (0..<9000).map { step in
            let instant = Instant(milliseconds: 1_768_473_000_000 + (step < 8000 ? 0 : -1))
            return sequence.next(at: instant, random: (0..<8).map { _ in .random(in: 0...255) })
        }
        #expect(ids.map(\.rawValue) == ids.map(\.rawValue).sorted())
        #expect(
            ids.allSatisfy {
                $0.isWellFormed && $0.rawValue.dropFirst(14).first == "7" && "89ab".contains(Array($0.rawValue)[19])
            }
        )
        #expect(!Identifier<Connection>(rawValue: "not-a-uuid").isWellFormed)
    }
}
