/// Spoils texts line by line, the same way in every run.
struct LineMutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Values and lines that are odd in YAML, or in a definition.
    private static let pieces = [
        "&a", "*a", "*nobody", "<<: *a", "!!binary aGk=", "!!int x", "!<tag:a>", "? [a, b]", "? {a: b}", ": ", "-",
        "- -",
        "---", "...", "%YAML 9.9", "|", ">-", "'", "\"", "\"\\x\"", "\"\\ud800\"", "[", "]", "{", "}", "[[[[[[",
        "{{{{{{",
        "\t", "\t- a", "#", "@", "`", "~", "null", "yes", ".nan", ".inf", "0x7fffffffffffffff", "9223372036854775808",
        "1e999", "-0", "190:20:30", "2026-13-45", "\u{0}", "\u{7}", "\u{FEFF}", "\u{2028}", "e\u{301}", "{region}", "{",
        "{{a}}", "{data.x}", "{accessToken|base64}", "https://", "https://[", "https://a@b", "http://127.0.0.1.example",
        "javascript:alert(1)", "(a+)+$", "[a-", "a: &b {c: *b}", "same: 1\nsame: 2",
        String(repeating: "a", count: 9000),
    ]

    /// The text with one to four changes, most often one.
    mutating func mutate(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0...below(2) * below(4) { change(&lines) }
        return lines.joined(separator: below(32) == 0 ? "\r\n" : "\n")
    }

    private mutating func change(_ lines: inout [String]) {
        guard !lines.isEmpty else { return lines.append(piece()) }
        let place = below(lines.count)
        switch below(9) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: below(lines.count + 1))
        case 2: lines.swapAt(place, below(lines.count))
        case 3: lines[place] = String(repeating: " ", count: below(5)) + lines[place]
        case 4: lines[place] = String(lines[place].dropFirst(below(5)))
        case 5: lines[place] = lines[place].prefix { $0 != ":" } + ": " + piece()
        case 6: lines[place] += " " + piece()
        case 7: lines.insert(lines[place].prefix { $0 == " " } + piece(), at: place)
        default: spoil(&lines[place])
        }
    }

    private mutating func spoil(_ line: inout String) {
        var characters = Array(line)
        guard !characters.isEmpty else { return line = piece() }
        let place = below(characters.count)
        if below(2) == 0 { characters.remove(at: place) } else { characters.insert(contentsOf: piece(), at: place) }
        line = String(characters)
    }

    private mutating func piece() -> String { Self.pieces[below(Self.pieces.count)] }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
