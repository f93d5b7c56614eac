/// What a template shows: values by the names that it has for them.
///
/// Every name that a template uses is there, also where its value may be absent.
public struct View: Sendable, ExpressibleByDictionaryLiteral {
    private var members: [(name: String, value: Value)]
    /// Of the language that a page is in.
    public var words = Words(language: "", [:])

    /// The value of a name.
    subscript(name: String) -> Value? { members.first { $0.name == name }?.value }

    public enum Value: Sendable {
        /// Escaped wherever it is written.
        case text(String?)
        /// Written as it is, between three braces.
        case html(HTML?)
        /// Decides whether a section is written.
        case flag(Bool)
        /// Opened by a section.
        case view(View?)
        /// A section is written once for each.
        case list([Value])
    }

    public init(dictionaryLiteral elements: (String, Value)...) {
        members = elements
    }

    /// With the other's values beside its own, and in the place of those of the same name.
    public func with(_ other: View) -> View {
        var view = self
        view.members = other.members + members
        return view
    }
}

extension View.Value {
    public static func list(_ views: [View]) -> Self { .list(views.map { .view($0) }) }

    public static func list(_ texts: [String]) -> Self { .list(texts.map { .text($0) }) }

    public static func list(_ paragraphs: [HTML]) -> Self { .list(paragraphs.map { .html($0) }) }
}
