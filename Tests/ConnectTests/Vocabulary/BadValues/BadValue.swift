import Testing

/// A value that a definition must not have, and the complaint about it.
struct BadValue: Sendable, CustomTestStringConvertible {
    let level: Level
    let fragment: String
    /// The field that is named.
    let field: String
    /// A word of what is wrong.
    let word: String
    /// More that a definition needs before the fault is the only one.
    var given: [Definition.Change] = []

    init(_ level: Level, _ fragment: String, at field: String? = nil, _ word: String) {
        self.level = level
        self.fragment = fragment
        self.field = field ?? String(fragment.prefix { $0 != ":" })
        self.word = word
    }

    var testDescription: String { "\(level.rawValue): \(fragment)" }

    func given(_ place: Level, _ fragment: String) -> BadValue { given([.init(place, fragment)]) }

    func given(_ changes: [Definition.Change]) -> BadValue {
        var changed = self
        changed.given += changes
        return changed
    }

    func definition() throws -> Definition {
        try Definition.plain.changed(level.given + given).changed(.init(level, fragment))
    }
}
