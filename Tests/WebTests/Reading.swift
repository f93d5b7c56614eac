import Mustache
import Testing

@testable import Views

/// Looks up all names of a template in views, also those in what is not written for them.
struct Reading {
    let templates: PageTemplates
    /// Names that no view has.
    private(set) var unknown: Set<String> = []
    /// Names of HTML that would be escaped, or of anything else that would be written as it is.
    private(set) var mistaken: Set<String> = []
    /// The sections that were written for a view.
    private(set) var opened: Set<String> = []
    /// Those that were not, so that nobody knows the names in them.
    private(set) var closed: Set<String> = []
    private var parts: [String: [Part]] = [:]

    init(templates: PageTemplates) { self.templates = templates }

    indirect enum Part {
        case text(String)
        case html(String)
        case partial(String)
        case section(String, isInverted: Bool, [Part])
    }

    mutating func read(_ template: String, _ views: [View.Value]) throws {
        if parts[template] == nil {
            let text = try #require(templates.template(template), "\(template)").description
            var tags = text.matches(of: /\{\{([#^\/>{%!]?)\s*([^{}]*?)\s*\}?\}\}/)
                .map { (kind: String($0.output.1), name: String($0.output.2)) }[...]
            parts[template] = Self.parts(&tags)
        }
        try read(parts[template] ?? [], views, in: template)
    }

    /// Up to the end of the section.
    private static func parts(_ tags: inout ArraySlice<(kind: String, name: String)>) -> [Part] {
        var parts: [Part] = []
        while let tag = tags.popFirst(), tag.kind != "/" {
            switch tag.kind {
            case "#", "^": parts.append(.section(tag.name, isInverted: tag.kind == "^", Self.parts(&tags)))
            case ">": parts.append(.partial(tag.name))
            case "{": parts.append(.html(tag.name))
            case "%", "!": break
            default: parts.append(.text(tag.name))
            }
        }
        return parts
    }

    private mutating func read(_ parts: [Part], _ views: [View.Value], in section: String) throws {
        for part in parts {
            switch part {
            case .text(let name): readValue(name, views) { if case .text = $0 { true } else { false } }
            case .html(let name): readValue(name, views) { if case .html = $0 { true } else { false } }
            case .partial(let name): try read(name, views)
            case .section(let name, isInverted: true, let parts):
                if Self.value(name, views) == nil { unknown.insert(name) }
                try read(parts, views, in: "\(section) ^\(name)")
            case .section(let name, isInverted: false, let parts):
                try read(name, parts, views, in: "\(section) #\(name)")
            }
        }
    }

    private mutating func read(_ name: String, _ parts: [Part], _ views: [View.Value], in section: String) throws {
        let value = Self.value(name, views)
        switch value {
        case .list(let values)?:
            note(section, isOpen: !values.isEmpty)
            for value in values { try read(parts, views + [value], in: section) }
        case .view(let view)?:
            note(section, isOpen: view != nil)
            if let value, view != nil { try read(parts, views + [value], in: section) }
        case .flag?: try read(parts, views, in: section)
        case let value?: try read(parts, views + [value], in: section)
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
            guard let value = view.values[steps[0]] else { continue }
            guard steps.count > 1 else { return value }
            switch value {
            case .view(let inner?): return inner.values[steps[1]]
            case .texts(let texts): return texts[steps[1]].map { .text($0) }
            default: return nil
            }
        }
        return nil
    }
}
