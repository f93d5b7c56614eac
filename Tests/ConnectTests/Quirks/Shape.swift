import OAuth
import Testing

/// A set of oddities that the catalog has, and who has it.
struct Shape: Sendable, CustomTestStringConvertible {
    let oddities: [String]
    var options: [CatalogOption]

    /// Every option is in exactly one.
    static let all = CatalogOption.all.map { options in
        Dictionary(grouping: options, by: \.oddities)
            .map { Shape(oddities: $0.key, options: $0.value) }
            .sorted { $0.options[0].name < $1.options[0].name }
    }

    var testDescription: String {
        let names = options.map(\.name).joined(separator: ", ")
        return "\(oddities.isEmpty ? "no oddity" : oddities.joined(separator: "; ")) — \(names)"
    }
}

/// An oddity that can be ignored, with an option of those that have it.
struct Ignored: Sendable, CustomTestStringConvertible {
    let oddity: Oddity
    let value: String
    let option: CatalogOption

    /// Each oddity with each of its values, at the option with most to ask for.
    static let all = CatalogOption.all.map { options in
        Oddity.all.filter { $0.ignore != nil }.flatMap { each($0, among: options) }
    }

    private static func each(_ oddity: Oddity, among options: [CatalogOption]) -> [Ignored] {
        var most: [String: CatalogOption] = [:]
        for option in options {
            guard let value = oddity.value(option) else { continue }
            let known = most[value]?.provider.scopes.count ?? -1
            if option.provider.scopes.count > known { most[value] = option }
        }
        return most.sorted { $0.key < $1.key }.map { Ignored(oddity: oddity, value: $0.key, option: $0.value) }
    }

    var testDescription: String { "\(oddity.name) \(value) — \(option.name)" }
}

extension CatalogOption {
    /// How its provider is odd.
    var oddities: [String] {
        Oddity.all.compactMap { oddity in oddity.value(self).map { "\(oddity.name) \($0)" } }
    }

    /// What the portal takes it for when it is blind to an oddity.
    func ignoring(_ oddity: Oddity) -> CatalogOption? {
        var draft = OptionDraft(self)
        oddity.ignore?(&draft)
        return draft.result
    }
}
