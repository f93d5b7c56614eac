import Foundation
import OAuth
import Storage

@testable import Connect
@testable import Integrations

extension Target {
    /// Moments: RFC 3339 from requests, HTTP dates and seconds from `Retry-After`.
    static let date = Target("date") { sample in
        let text = sample.text
        if let instant = Instant(text) {
            expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text) is ASCII")
            expect(Instant(instant.description) == instant, "\(text) is written and read as the same moment")
            // Foundation's calendar is another one before 1582.
            if text >= "1583", let date = ISO8601DateFormatter().date(from: text.uppercased()) {
                expect(instant.seconds == Int64(date.timeIntervalSince1970), "\(text) is the same moment for others")
            }
        }
        if let instant = Instant(httpDate: text) {
            expect(text.utf8.count == 29 && text.utf8.allSatisfy { $0 < 0x80 }, "\(text) is an HTTP date")
            expect(instant.description.hasSuffix(".000Z"), "it has whole seconds")
        }
        let answer = HTTPResponseMessage(status: 429, retryAfter: text, body: [])
        for now in [0, 1_700_000_000_000] as [Int64] {
            let failure = RefreshFailure(OAuthError.tokenEndpointStatus(429), answer, now: Instant(milliseconds: now))
            guard case .temporary(let seconds) = failure.kind else { fatalError("429 is temporary") }
            expect((0...86400).contains(seconds ?? 0), "nobody waits longer than a day")
        }
    }

    /// The place in a list that a caller gives back.
    static let cursor = Target("cursor") { sample in
        guard let cursor = Cursor(sample.text) else { return }
        expect(Cursor(cursor.text) == cursor, "a cursor is read as it is written")
        expect(cursor.text.utf8.allSatisfy { "0123456789abcdef-.".utf8.contains($0) }, "it has no other characters")
    }

    /// Senders and recipients, and what stands in the headers of a mail.
    static let mail = Target("mail") { sample in
        let text = sample.text
        if let address = MailAddress(text) {
            expect(isLine(address.address) && !address.address.contains { "<> ,;\"".contains($0) }, "it is one address")
            let name = address.name?.unicodeScalars.map(\.properties.generalCategory)
            expect(name?.contains(.control) != true, "its name is one line")
        }
        for header in [HeaderText.unstructured(text, after: "Subject"), HeaderText.phrase(text)] {
            let lines = header.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") }, "a header stays one header")
            expect(lines.allSatisfy { isLine(String($0)) && $0.utf8.count <= 78 }, "its lines are short and ASCII")
        }
    }

    private static func isLine(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// What people type into a form; the first byte says which field of the catalog.
    static let typedField = Target("typed-field", prepare: { _ = SampleFields.all }) { sample in
        guard let first = sample.bytes.first else { return }
        let field = SampleFields.all[Int(first) % SampleFields.all.count]
        let typed = String(decoding: sample.bytes.dropFirst(), as: UTF8.self)
        guard let value = try? field.value(from: typed) else { return }
        expect(!value.isEmpty && value.utf8.count <= Field.maximumLength, "a value has a length that is allowed")
        let isMultiline = field.type == .multiline
        expect(
            value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F || isMultiline && $0.value < 0x0E },
            "a value has no control characters"
        )
        if field.type == .select { expect(field.options.contains { $0.value == value }, "\(value) is an option") }
        if field.type == .url { expect(WebAddress(value) != nil, "\(value) is an address") }
        if field.format == .hostname { expect(WebAddress("https://\(value)")?.path == "", "\(value) is a host") }
    }
}

/// Every kind of field in the catalog once.
private enum SampleFields {
    static let all: [Field] = {
        let fields = SampleCatalog.integrations.flatMap { $0.inputs + $0.auth.flatMap(\.fields) }
        let kinds = Dictionary(
            fields.map { ("\($0.type) \($0.pattern ?? "") \($0.format?.rawValue ?? "") \($0.suffix ?? "")", $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return kinds.sorted { $0.key < $1.key }.map(\.value)
    }()
}
