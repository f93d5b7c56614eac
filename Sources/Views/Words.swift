/// The texts of a language, of which `{{words.cancel}}` in a template is one.
public struct Words: Sendable {
    /// What tells it from other languages.
    let language: String
    private let texts: [String: String]

    public init(language: String, _ texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    /// A template with them in their places.
    func put(in template: String, isHTML: Bool) -> String {
        template.replacingTags("{{words.") { name in
            let text = texts[name] ?? ""
            return isHTML ? HTML.quotable(text) : text
        }
    }
}

extension String {
    /// With another text for each tag that begins so, given by what else is in the tag.
    func replacingTags(_ beginning: String, _ text: (String) throws -> String) rethrows -> String {
        let parts = split(separator: beginning, omittingEmptySubsequences: false)
        return try parts.dropFirst().reduce(into: parts.first.map(String.init) ?? "") { result, part in
            guard let end = part.firstRange(of: "}}") else { return result += beginning + part }
            let name = part[..<end.lowerBound].filter { $0 != " " }
            result += try text(name) + part[end.upperBound...]
        }
    }
}
