internal import Mustache

/// Text that is HTML already, the only kind that a template writes as it is.
struct HTML: Sendable, MustacheCustomRenderable {
    let text: String

    var renderText: String { text }
    var isNull: Bool { false }

    /// Escaped text.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
