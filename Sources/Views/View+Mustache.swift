public import Mustache

// What swift-mustache asks of its values, so that it need not reflect on any.

extension View: MustacheParent {
    public func child(named name: String) -> Any? { self[name]?.shown }
}

extension View.Value: MustacheParent, MustacheCustomRenderable {
    /// In the type by which the library tells what a section is for.
    fileprivate var shown: Any {
        switch self {
        case .flag(let flag): flag
        case .list(let values): List(values: values)
        case .text, .html, .view: self
        }
    }

    public func child(named name: String) -> Any? {
        guard case .view(let view?) = self else { return nil }
        return view.child(named: name)
    }

    public var renderText: String {
        switch self {
        case .text(let text): text ?? ""
        case .html(let html): html?.text ?? ""
        case .flag, .view, .list: ""
        }
    }

    /// There is nothing to write a section for.
    public var isNull: Bool {
        switch self {
        case .text(let text): text == nil
        case .html(let html): html == nil
        case .view(let view): view == nil
        case .flag, .list: false
        }
    }
}

/// An array would be reflected on where a section is written because it is empty.
private struct List: MustacheSequence, MustacheParent {
    let values: [View.Value]

    func makeIterator() -> IndexingIterator<[View.Value]> { values.makeIterator() }

    func child(named: String) -> Any? { nil }
}
