public import Secrecy

/// A text that must not be seen: a token, a client secret, a password, a code verifier.
///
/// Printing, dumping, interpolating or mirroring it shows `•••`. Only `reveal()` gives the text, so that every place
/// that uses one can be found by searching for that word.
public struct Secret: Sendable, Hashable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// The text itself, for the one place that must send or seal it.
    public func reveal() -> String { text }

    public var isEmpty: Bool { text.isEmpty }
}

extension Secret: Concealed {
    public var description: String { "•••" }
}
