internal import Foundation

/// All languages of the pages: one file of words each, English complete.
struct Languages: Sendable {
    let english: Language
    private let byCode: [String: Language]

    /// Reads `languages/*.json` in the templates' directory; what one of them lacks is said in English.
    init(directory: String) throws {
        let folder = URL(fileURLWithPath: directory).appendingPathComponent("languages")
        var byCode: [String: Language] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".json") {
            let code = String(name.dropLast(5))
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            byCode[code.lowercased()] = try Language(code: code, bytes: Array(data))
        }
        guard let english = byCode["en"] else { throw LanguageError(file: "en", problem: "is missing") }
        self.english = english
        self.byCode = byCode.mapValues { language in
            Language(
                code: language.code,
                isRightToLeft: language.isRightToLeft,
                words: english.words.merging(language.words) { $1 },
                labels: Self.labels(of: language, english)
            )
        }
    }

    private static func labels(of language: Language, _ english: Language) -> [String: String] {
        let pairs = english.words.filter { $0.key.hasPrefix("label.") }.map {
            ($0.value, language.words[$0.key] ?? $0.value)
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    var codes: [String] { byCode.keys.sorted() }

    /// The language of a session's locale, else the one that the browser likes best, else English.
    func best(locale: String?, accepted: String?) -> Language {
        locale.flatMap(lookup) ?? Self.ranges(accepted ?? "").lazy.compactMap(lookup).first ?? english
    }

    /// The file for a language tag, or for it without its last parts (RFC 4647 §3.4).
    private func lookup(_ tag: String) -> Language? {
        var subtags = tag.lowercased().replacing("_", with: "-").split(separator: "-")
        while !subtags.isEmpty {
            if let language = byCode[subtags.joined(separator: "-")] { return language }
            subtags.removeLast()
        }
        return nil
    }

    /// The tags of an `Accept-Language` value, the best first (RFC 9110 §12.5.4).
    private static func ranges(_ value: String) -> [String] {
        let weighted = value.split(separator: ",").prefix(20).map { part -> (tag: String, weight: Double) in
            let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (pieces.first ?? "", weight)
        }
        return weighted.filter { $0.weight > 0 }.enumerated()
            .sorted { ($0.element.weight, -$0.offset) > ($1.element.weight, -$1.offset) }
            .map(\.element.tag)
    }
}
