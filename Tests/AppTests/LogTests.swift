@testable import App
import Logging
import StrictJSON
import Synchronization
import Testing

@Suite struct LogTests {
    /// What others can put into a value: line ends, terminal commands, text that turns around, what is not seen.
    static let attacks: [(String, String)] = [
        ("a\r\nb", "a\\u000d\\u000ab"), ("a\nb", "a\\u000ab"), ("a\rb", "a\\u000db"), ("\u{1B}[2J", "\\u001b[2J"),
        ("\u{9B}31m", "\\u009b31m"), ("a\u{0}b", "a\\u0000b"), ("\u{7F}\u{8}\u{7}", "\\u007f\\u0008\\u0007"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a\\u2028b\\u2029c\\u0085d"), ("\u{202E}gnp.exe", "\\u202egnp.exe"),
        ("a\u{200B}b\u{FEFF}", "a\\u200bb\\ufeff"), ("\u{E0041}", "\\udb40\\udc41"),
    ]

    @Test(arguments: attacks) func `no value leaves its line or reaches a terminal`(value: String, safe: String) throws
    {
        for format in Settings.LogFormat.allCases {
            for place in Place.allCases {
                let line = line(format) { log in place.log(value, log) }
                #expect(line.hasSuffix("\n"))
                let text = line.dropLast()
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.properties.generalCategory != .format })
                #expect(
                    !text.unicodeScalars.contains {
                        [.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                    }
                )
                if format == .json { #expect(place.value(try JSON.parse(Array(text.utf8))) == value) }
            }
        }
        let text = line(.text) { Place.message.log(value, $0) }
        #expect(text.contains(safe), "\(text)")
    }

    @Test(arguments: [
        ("plain", "name=plain"), ("", #"name="""#), ("two words", #"name="two words""#), ("a=b", #"name="a=b""#),
        (#"say "hi""#, #"name="say \"hi\"""#), (#"a\b"#, #"name="a\\b""#), ("Löwe✓", "name=Löwe✓"),
        ("1 level=error", #"name="1 level=error""#), ("a\nb", #"name="a\nb""#),
    ])
    func `a value in text is one value`(value: String, written: String) {
        #expect(line(.text) { $0.info("x", metadata: ["name": "\(value)"]) }.hasSuffix(": x \(written)\n"))
    }

    @Test func `a line has time, level, logger, message and fields in order`() throws {
        let text = line(.text) { $0.notice("it happened", metadata: ["b": "2", "a": "1"]) }
        #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z notice test: it happened a=1 b=2\n/) != nil)
        let json = line(.json) { $0.notice("it happened", metadata: ["b": "2", "a": "1"]) }
        guard case .object(let object) = try JSON.parse(Array(json.utf8)) else { throw NoObject() }
        #expect(object.members.map(\.name) == ["time", "level", "logger", "message", "a", "b"])
    }

    @Test func `a field cannot stand for what a line always has`() throws {
        let json = line(.json) { $0.error("true", metadata: ["level": "info", "message": "false"]) }
        let read = try JSON.parse(Array(json.utf8))
        #expect(read["level"] == "error")
        #expect(read["message"] == "true")
    }

    @Test(arguments: Settings.LogFormat.allCases) func `an error is told`(format: Settings.LogFormat) {
        #expect(line(format) { $0.error("failed", error: NoObject()) }.contains("NoObject()"))
    }

    private func line(_ format: Settings.LogFormat, _ log: (Logger) -> Void) -> String {
        let written = Written()
        let logger = Logger(label: "test") { label in
            LineLogHandler(label: label, format: format) { text, _ in written.text.withLock { $0 += text } }
        }
        log(logger)
        return written.text.withLock { $0 }
    }

    enum Place: CaseIterable {
        case message, value, name

        func log(_ text: String, _ log: Logger) {
            switch self {
            case .message: log.info("\(text)")
            case .value: log.info("x", metadata: ["key": "\(text)"])
            case .name: log.info("x", metadata: [text: "value"])
            }
        }

        func value(_ line: JSON) -> String? {
            guard case .object(let object) = line else { return nil }
            switch self {
            case .message: return line["message"]?.string
            case .value: return line["key"]?.string
            case .name: return object.members.last?.name
            }
        }
    }

    private struct NoObject: Error {}
    private final class Written: Sendable { let text = Mutex("") }
}
