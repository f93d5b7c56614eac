import Mustache
import Testing

@testable import Views

/// Looks up all names of a template in views, also those in what is not written for them.
struct Reading {
    /// Names that no view has.
    private(set) var unknown: Set<String> = []
    /// Names of HTML that would be escaped, or of anything else that would be written as it is.
    private(set) var mistaken: Set<String> = []
    /// The sections that were written for a view.
    private(set) var opened: Set<String> = []
    /// Those that were not, so that nobody knows the names in them.
    private(set) var closed: Set<String> = []
    private let name: String
    private let parts: [Part]
    private let words: Set<String>

    /// Takes a page with its partials in it, and the names of all words.
    init(_ page: String, in templates: PageTemplates, words: some Sequence<String>) throws {
        let source = try #require(templates.sources[page], "\(page)")
        var tags = source.matches(of: /\{\{([#^\/{%!]?)\s*([^{}]*?)\s*\}?\}\}/)
            .map { (kind: String($0.output.1), name: String($0.output.2)) }[...]
        name = page
        parts = Self.parts(&tags)
        self.words = Set(words.map { "words.\($0)" })
    }

    indirect enum Part {
        case text(String)
        case html(String)
        case section(String, isInverted: Bool, [Part])
    }

    mutating func read(_ view: View) { read(parts, [.view(view)], in: name) }

    /// Up to the end of the section.
    private static func parts(_ tags: inout ArraySlice<(kind: String, name: String)>) -> [Part] {
        var parts: [Part] = []
        while let tag = tags.popFirst(), tag.kind != "/" {
            switch tag.kind {
            case "#", "^": parts.append(.section(tag.name, isInverted: tag.kind == "^", Self.parts(&tags)))
            case "{": parts.append(.html(tag.name))
            case "%", "!": break
            default: parts.append(.text(tag.name))
            }
        }
        return parts
    }

    /// A section is known by its name and that of the section around it: partials are in more than one place.
    private mutating func read(_ parts: [Part], _ views: [View.Value], in parent: String) {
        for part in parts {
            switch part {
            case .text(let name) where words.contains(name): break
            case .text(let name): readValue(name, views) { if case .text = $0 { true } else { false } }
            case .html(let name): readValue(name, views) { if case .html = $0 { true } else { false } }
            case .section(let name, isInverted: true, let parts):
                if Self.value(name, views) == nil { unknown.insert(name) }
                read(parts, views, in: "^\(name)")
            case .section(let name, isInverted: false, let parts):
                readSection(name, parts, views, in: parent)
            }
        }
    }

    private mutating func readSection(_ name: String, _ parts: [Part], _ views: [View.Value], in parent: String) {
        let value = Self.value(name, views)
        let section = "\(parent) #\(name)"
        switch value {
        case .list(let values)?:
            note(section, isOpen: !values.isEmpty)
            for value in values { read(parts, views + [value], in: "#\(name)") }
        case .view(let view)?:
            note(section, isOpen: view != nil)
            if let value, view != nil { read(parts, views + [value], in: "#\(name)") }
        case .flag?: read(parts, views, in: "#\(name)")
        case let value?: read(parts, views + [value], in: "#\(name)")
        case nil: unknown.insert(name)
        }
    }

    private mutating func readValue(_ name: String, _ views: [View.Value], isRight: (View.Value) -> Bool) {
        guard let value = Self.value(name, views) else {
            unknown.insert(name)
            return
        }
        if !isRight(value) { mistaken.insert(name) }
    }

    private mutating func note(_ section: String, isOpen: Bool) {
        if isOpen { opened.insert(section) } else { closed.insert(section) }
    }

    /// The innermost value that has the name, as the library finds it.
    private static func value(_ name: String, _ views: [View.Value]) -> View.Value? {
        if name == "." { return views.last }
        let steps = name.split(separator: ".", maxSplits: 1).map(String.init)
        for case .view(let view?) in views.reversed() {
            guard let value = view[steps[0]] else { continue }
            guard steps.count > 1 else { return value }
            guard case .view(let inner?) = value else { return nil }
            return inner[steps[1]]
        }
        return nil
    }
}
