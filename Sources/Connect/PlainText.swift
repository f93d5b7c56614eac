/// A text from a request, as it is kept: one line without the space around it, control or direction characters.
public struct PlainText: Sendable {
    public let text: String

    /// Takes the text if it is one; `limit` counts code points, as JSON Schema does, before trimming.
    ///
    /// Throws `Problem`, which says what was expected.
    public init(_ given: String, limit: Int) throws(Problem) {
        let scalars = given.unicodeScalars
        let trimmed = scalars.drop { $0.properties.isWhitespace }.reversed().drop { $0.properties.isWhitespace }
            .reversed()
        let text = String(String.UnicodeScalarView(trimmed))
        guard !text.isEmpty else { throw Problem("must not be empty") }
        guard scalars.count <= limit else { throw Problem("must have at most \(limit) characters") }
        guard !trimmed.contains(where: { [.control, .format].contains($0.properties.generalCategory) }) else {
            throw Problem("must not contain control or direction characters")
        }
        self.text = text
    }

    /// What is wrong with a text, to follow the name of its field.
    public struct Problem: Error, Sendable {
        public let words: String

        init(_ words: String) { self.words = words }
    }
}
