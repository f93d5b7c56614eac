/// Spoils texts, the same way in every run.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Pieces that mean something to one of the readers.
    private static let pieces = [
        "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "1e300", "0.5",
        "9223372036854775807", "-9223372036854775808", "18446744073709551616", ".", "..", "=", "&", "%", "%00", "%zz",
        "+", "-", "_", "/", "//", "#", "@", "?", "é", "e\u{301}", "\u{212A}", "\u{0}", "\u{FEFF}", "none", "HS256",
        "crit", "kid", "alg", "d", "enc", "http", "\r\n", "AA", "AAAA", String(repeating: "[", count: 40),
    ]

    /// The text with one to four changes, most often one.
    mutating func mutate(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...below(2) * below(4) { change(&text) }
        return text
    }

    private mutating func change(_ text: inout [UInt8]) {
        let start = below(text.count + 1)
        let end = min(text.count, start + below(16))
        switch below(7) {
        case 0 where start < text.count: text[start] ^= 1 << below(8)
        case 1 where start < text.count: text[start] = UInt8(below(256))
        case 2: text.removeSubrange(start..<end)
        case 3: text.insert(contentsOf: text[start..<end], at: below(text.count + 1))
        case 4: text.insert(contentsOf: piece(), at: start)
        case 5: text.replaceSubrange(start..<end, with: piece())
        default: if below(8) == 0 { text.removeSubrange(start...) } else { text.append(UInt8(below(256))) }
        }
    }

    private mutating func piece() -> String.UTF8View { Self.pieces[below(Self.pieces.count)].utf8 }

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
