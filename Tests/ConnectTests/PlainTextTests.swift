import Connect
import Testing

@Suite struct PlainTextTests {
    @Test(
        arguments: [
            ("  Ada's notes ", "Ada's notes"), ("👩‍💻 Dana", "👩‍💻 Dana"), ("👩🏽‍🚀", "👩🏽‍🚀"), ("🏳️‍🌈", "🏳️‍🌈"),
            ("می‌خواهم", "می‌خواهم"), ("क्‍ष", "क्‍ष"), ("שלום", "שלום"),
        ]
    )
    func `one line of text in any script`(given: String, text: String) throws {
        #expect(try PlainText(given, limit: 20).text == text)
    }

    @Test(
        arguments: [
            "", "  ", "a\u{200D}b", "\u{200D}👩", "👩\u{200D}", "é\u{200D} b", "a\nb", "a\u{0}b", "a\u{202E}b",
            "\u{2066}a",
            "a\u{AD}b", "\u{FEFF}a", String(repeating: "a", count: 21),
        ]
    )
    func `anything that hides or turns it round is refused`(given: String) {
        #expect(throws: PlainText.Problem.self) { try PlainText(given, limit: 20) }
    }
}
