public import Mustache

// What swift-mustache asks of its values, so that it need not reflect on any.

extension View: MustacheParent {
    public func child(named name: String) -> Any? { values[name]?.shown }
}

extension View.Value: MustacheParent, MustacheCustomRenderable {
    /// In the type by which the library tells what a section is for.
    fileprivate var shown: Any {
        switch self {
        case .flag(let flag): flag
        case .list(let values): List(values: values)
        case .text, .html, .view, .texts: self
        }
    }

    public func child(named name: String) -> Any? {
        switch self {
        case .view(let view?): view.child(named: name)
        case .texts(let texts): texts[name].map(Self.text)
        default: nil
        }
    }

    public var renderText: String {
        switch self {
        case .text(let text): text ?? ""
        case .html(let html): html?.text ?? ""
        case .flag, .view, .list, .texts: ""
        }
    }

    /// There is nothing to write a section for.
    public var isNull: Bool {
        switch self {
        case .text(let text): text == nil
        case .html(let html): html == nil
        case .view(let view): view == nil
        case .flag, .list, .texts: false
        }
    }
}

/// An array would be reflected on where a section is written because it is empty.
private struct List: MustacheSequence, MustacheParent {
    let values: [View.Value]

    func makeIterator() -> IndexingIterator<[View.Value]> { values.makeIterator() }

    func child(named: String) -> Any? { nil }
}
