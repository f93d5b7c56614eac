import Foundation
import OAuth

/// Prints findings as they come, in aligned columns, and remembers whether one was bad.
///
/// What providers say is printed without control characters, which could move the cursor, and without the secrets that
/// were sent to them.
struct Report {
    private static let subjectWidth = 18
    private static let lineWidth = 104

    private let isColored: Bool
    private let write: (String) -> Void
    private(set) var isGood = true
    var secrets: [Secret] = []

    /// Colours only for a terminal, and not where `NO_COLOR` is set.
    init(
        isColored: Bool = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil,
        write: @escaping (String) -> Void = Announcement.say
    ) {
        self.isColored = isColored
        self.write = write
    }

    func heading(_ text: String) { write("\n" + painted(printable(text), "1")) }

    mutating func add(_ finding: Finding) {
        if finding.sign == .bad { isGood = false }
        let subject = finding.subject.padding(toLength: Self.subjectWidth, withPad: " ", startingAt: 0)
        let indent = String(repeating: " ", count: Self.subjectWidth + 2)
        let mark = painted(finding.sign.mark, finding.sign.color)
        for (index, line) in wrapped(printable(finding.text)).enumerated() {
            write(index == 0 ? "\(mark) \(subject)\(line)" : indent + line)
        }
        for hint in finding.hints {
            switch hint {
            case .sentence(let text):
                for (index, line) in wrapped(printable(text)).enumerated() {
                    write(indent + (index == 0 ? "→ " : "  ") + line)
                }
            case .copy(let text):
                let lines = printable(text).split(separator: "\n", omittingEmptySubsequences: false)
                write("\n" + lines.map { "    \($0)" }.joined(separator: "\n") + "\n")
            }
        }
    }

    mutating func add(_ findings: [Finding]) { for finding in findings { add(finding) } }

    private func wrapped(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).reduce(into: []) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= Self.lineWidth - Self.subjectWidth {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }

    private func printable(_ text: String) -> String {
        // A shorter one may be part of any word of ours.
        let hidden = secrets.filter { $0.reveal().utf8.count >= 8 }.reduce(text) {
            $0.replacing($1.reveal(), with: "•••")
        }
        let kept = hidden.unicodeScalars.filter {
            $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
        }
        return String(String.UnicodeScalarView(kept))
    }

    private func painted(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension Finding.Sign {
    fileprivate var mark: String {
        switch self {
        case .good: "✓"
        case .warning: "!"
        case .bad: "✗"
        }
    }

    fileprivate var color: String {
        switch self {
        case .good: "32"
        case .warning: "33"
        case .bad: "31"
        }
    }
}
