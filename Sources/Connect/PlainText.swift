/// A text from a request, as it is kept: one line without the space around it, control or direction characters.
public struct PlainText: Sendable {
    public let text: String

    /// Takes the text if it is one; `limit` counts code points, as JSON Schema does, before trimming.
    ///
    /// Throws `Problem`, which says what was expected.
    public init(_ given: String, limit: Int) throws(Problem) {
        // Nothing to trim and nothing to look up: what nearly all texts are.
        if given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), (1...limit).contains(given.utf8.count) {
            text = given
            return
        }
        let scalars = given.unicodeScalars
        let trimmed = Array(
            scalars.drop { $0.properties.isWhitespace }.reversed().drop { $0.properties.isWhitespace }.reversed()
        )
        let text = String(String.UnicodeScalarView(trimmed))
        guard !text.isEmpty else { throw Problem("must not be empty") }
        guard scalars.count <= limit else { throw Problem("must have at most \(limit) characters") }
        guard trimmed.indices.allSatisfy({ Self.isPlain($0, of: trimmed) }) else {
            throw Problem("must not contain control or direction characters")
        }
        self.text = text
    }

    /// Joiners are plain between two characters that they can join: parts of an emoji, or letters of scripts that need
    /// them (UAX 31 §2.3).
    private static func isPlain(_ index: Int, of text: [Unicode.Scalar]) -> Bool {
        let scalar = text[index]
        guard scalar == "\u{200C}" || scalar == "\u{200D}" else {
            return ![.control, .format].contains(scalar.properties.generalCategory)
        }
        guard index > 0, index + 1 < text.count else { return false }
        return [text[index - 1], text[index + 1]].allSatisfy { neighbour in
            let properties = neighbour.properties
            return !neighbour.isASCII
                && (properties.isAlphabetic || properties.isEmoji || properties.isVariationSelector
                    || properties.canonicalCombiningClass != .notReordered)
        }
    }

    /// What is wrong with a text, to follow the name of its field.
    public struct Problem: Error, Sendable {
        public let words: String

        init(_ words: String) { self.words = words }
    }
}
