public import Mustache
internal import Synchronization

/// The templates of pages, which escape text byte by byte.
///
/// What a page has by its place in the program alone is put in before it is written for the first time: partials, and the
/// words of a language. Layout of HTML becomes single spaces, so that what lies between two tags is one text.
public final class PageTemplates: Sendable {
    /// The text of each page with its partials in it.
    let sources: [String: String]
    private let templates = Mutex<[Key: MustacheTemplate]>([:])

    private struct Key: Hashable {
        let page: String
        let language: String
    }

    /// Takes pages out of a library; throws `MissingTemplate` where one, or a partial in it, is not there.
    public init(_ pages: [String], from library: MustacheLibrary) throws {
        sources = try Dictionary(uniqueKeysWithValues: pages.map { ($0, try Self.source($0, in: library)) })
    }

    /// A page, or another text; empty for one that was not taken.
    public func text(_ view: View, _ page: String) -> String { template(page, view.words)?.render(view) ?? "" }

    private func template(_ page: String, _ words: Words) -> MustacheTemplate? {
        let key = Key(page: page, language: words.language)
        if let template = templates.withLock({ $0[key] }) { return template }
        guard let source = sources[page] else { return nil }
        let isHTML = !source.contains("CONTENT_TYPE:TEXT")
        let type = isHTML ? "{{% CONTENT_TYPE:\(MustacheContentTypes.html)}}\n" : ""
        let text = words.put(in: isHTML ? Self.withoutLayout(source) : source, isHTML: isHTML)
        guard let template = try? MustacheTemplate(string: type + text) else { return nil }
        templates.withLock { $0[key] = template }
        return template
    }

    private static func source(_ name: String, in library: MustacheLibrary) throws -> String {
        guard let template = library.getTemplate(named: name) else { throw MissingTemplate(name: name) }
        return try template.description.replacingTags("{{>") { try source($0, in: library) }
    }

    /// The lines one after the other, with a space between them but for those that only open or close sections.
    private static func withoutLayout(_ source: String) -> String {
        source.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.reduce(into: "") {
            page,
            line in
            page += page.isEmpty || isOfSections(line) ? line : " \(line)"
        }
    }

    private static func isOfSections(_ line: Substring) -> Bool {
        var rest = line
        while ["{{#", "{{^", "{{/"].contains(where: rest.hasPrefix), let end = rest.firstRange(of: "}}") {
            rest = rest[end.upperBound...]
        }
        return rest.isEmpty
    }
}

/// A template that a page needs and that is not there.
public struct MissingTemplate: Error, CustomStringConvertible {
    let name: String

    public var description: String { "the template \(name).mustache is missing" }
}
