/// Unguessable strings whose prefix says what they are, so that a leaked one is found by a text search.
enum RandomToken {
    static func make(_ prefix: String) -> String {
        let characters = (0..<32).compactMap { _ in alphabet.randomElement() }
        return prefix + "_" + String(characters)
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
}
