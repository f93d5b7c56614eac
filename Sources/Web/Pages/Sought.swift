internal import Foundation

/// The words that a person is looking for, compared without case, accents and punctuation.
///
/// `connections.js` finds the same.
struct Sought: Sendable {
    private let terms: [String]

    /// Nothing, where nothing is looked for.
    init?(_ text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        terms = Self.words(of: text)
    }

    /// How well something is meant, 0 best: its name begins so, a word of its name does, it is somewhere in the name,
    /// or all terms begin words of the name or of `texts`; nil where it is not meant at all.
    func rank(name: String, texts: [String]) -> Int? {
        let words = Self.words(of: name)
        let (whole, compact) = (words.joined(), terms.joined())
        guard !compact.isEmpty else { return nil }
        if whole.hasPrefix(compact) { return 0 }
        if terms.allSatisfy({ term in words.contains { $0.hasPrefix(term) } }) { return 1 }
        if compact.count > 1, whole.contains(compact) { return 2 }
        let all = words + texts.flatMap(Self.words)
        return terms.allSatisfy { term in all.contains { Self.begins($0, with: term) } } ? 3 : nil
    }

    /// Scripts without spaces between words have a term anywhere.
    private static func begins(_ word: String, with term: String) -> Bool {
        let hasSpaces = term.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
        return hasSpaces ? word.hasPrefix(term) : word.contains(term)
    }

    static func words(of text: String) -> [String] {
        text.folded.split { !$0.isOfWord }.map(String.init)
    }
}

extension String {
    /// Without what people leave out when they search: case, accents and forms of the same character.
    var folded: String {
        // Most names, and the same by a short way.
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
        let bare = decomposedStringWithCompatibilityMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        return String(String.UnicodeScalarView(bare)).lowercased()
    }
}

extension Character {
    /// A letter or a number.
    var isOfWord: Bool {
        guard let ascii = asciiValue else { return isLetter || isNumber }
        return switch ascii {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
