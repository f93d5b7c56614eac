internal import Mustache

/// What the library does with text in HTML, byte by byte instead of by whole characters.
private struct EscapedText: MustacheContentType {
    func escapeText(_ text: String) -> String { HTML.quotable(text) }
}

extension MustacheContentTypes {
    /// The name under which templates have it.
    static let html: String = {
        let name = "ESCAPED"
        register(EscapedText(), named: name)
        return name
    }()
}
