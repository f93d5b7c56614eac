internal import StrictJSON
internal import Views

/// The words of the pages in one language.
struct Language: Sendable {
    /// A language tag (RFC 5646), such as `en`.
    let code: String
    let isRightToLeft: Bool
    /// By key; templates name those without placeholders.
    let words: [String: String]
    /// Labels of fields that many definitions have, by their English.
    var labels: [String: String] = [:]

    /// The words without placeholders, for templates.
    var ofTemplates: Words { Words(language: code, words) }

    /// The words with names in the places of `{name}`, each apart from the direction of the text around it.
    func text(_ key: String, _ names: [String: String] = [:]) -> String {
        // First strong isolate … pop directional isolate (UAX 9).
        filled(key) { name in names[name].map { isRightToLeft ? "\u{2068}\($0)\u{2069}" : $0 } }
    }

    /// The same as HTML.
    func html(_ key: String, _ names: [String: String]) -> HTML {
        HTML(text: filled(key, of: HTML.escaped) { name in names[name].map { "<bdi>\(HTML.escaped($0))</bdi>" } })
    }

    private func filled(
        _ key: String,
        of literal: (String) -> String = { $0 },
        _ value: (String) -> String?
    ) -> String {
        var text = ""
        var rest = (words[key] ?? key)[...]
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let end = rest.utf8[start...].firstIndex(of: UInt8(ascii: "}"))
        {
            text += literal(String(rest[..<start]))
            text += value(String(rest[rest.utf8.index(after: start)..<end])) ?? ""
            rest = rest[rest.utf8.index(after: end)...]
        }
        return text + literal(String(rest))
    }
}

extension Language {
    /// Reads a file of words; throws `LanguageError` for what is no object of texts.
    init(code: String, bytes: [UInt8]) throws(LanguageError) {
        guard let members = (try? JSON.parse(bytes))?.object?.members else {
            throw LanguageError(file: code, problem: "is not a JSON object, or has a name twice")
        }
        var words: [String: String] = [:]
        for member in members {
            guard let text = member.value.string else {
                throw LanguageError(file: code, problem: "\(member.name) is not a text")
            }
            // It would be a tag of the template that it is put in.
            guard !text.contains("{{") else {
                throw LanguageError(file: code, problem: "\(member.name) has two braces in a row")
            }
            words[member.name] = text
        }
        self.code = code
        self.words = words
        isRightToLeft = words["direction"] == "rtl"
    }
}

/// What is wrong with a file of words.
struct LanguageError: Error, CustomStringConvertible {
    let file: String
    let problem: String

    var description: String { "languages/\(file).json: \(problem)" }
}
