public import Mustache

/// The templates of pages, which escape text byte by byte.
public struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// Takes pages, and the partials in them, out of a library; throws `MissingTemplate` where one is not there.
    public init(_ pages: [String], from library: MustacheLibrary) throws {
        var templates: [String: MustacheTemplate] = [:]
        var names = pages
        while let name = names.popLast() {
            guard let template = library.getTemplate(named: name) else { throw MissingTemplate(name: name) }
            let text = template.description
            // In a partial the library forgets the type of the page, so that each template says its own.
            templates[name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(MustacheContentTypes.html)}}\n\(text)")
            names += Self.partials(of: text).filter { templates[$0] == nil }
        }
        self.library = MustacheLibrary(templates: templates)
    }

    /// A page, or another text; empty for one that was not taken.
    public func text(_ view: View, _ page: String) -> String { library.render(view, withTemplate: page) ?? "" }

    /// The template itself, for whoever checks it.
    func template(_ name: String) -> MustacheTemplate? { library.getTemplate(named: name) }

    private static func partials(of text: String) -> [String] {
        text.matches(of: /\{\{>\s*([\w\/-]+)\s*\}\}/).map { String($0.output.1) }
    }
}

/// A template that a page needs and that is not there.
public struct MissingTemplate: Error, CustomStringConvertible {
    let name: String

    public var description: String { "the template \(name).mustache is missing" }
}
