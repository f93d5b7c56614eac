/// Scopes as they stand in requests and answers, and what people are told about them.
enum Scopes {
    /// Takes the query still encoded, because a plus sign between scopes is a space to a form decoder.
    static func read(fromQuery query: String, quirks: Quirks) throws(OAuthError) -> [String] {
        let parameters = FormParameters(parsing: query, plusIsSpace: quirks.scopeSeparator != .plus)
        return try split(parameters[quirks.scopeParameter] ?? "", separator: quirks.scopeSeparator)
    }

    static func split(_ text: String, separator: ScopeSeparator) throws(OAuthError) -> [String] {
        let foreign = ScopeSeparator.allCases.filter { $0 != separator }.map(\.character)
        guard !text.contains(where: foreign.contains) else {
            throw .invalidScope("scopes are separated by \(separator.rawValue)")
        }
        var seen: Set<String> = []
        return text.split(separator: separator.character).map(String.init).filter { seen.insert($0).inserted }
    }

    static func join(_ scopes: [String], separator: ScopeSeparator) -> String {
        scopes.joined(separator: String(separator.character))
    }

    /// For the consent page; a scope without an entry is shown by its name alone.
    static let descriptions = [
        "openid": "Know who you are",
        "profile": "See your name",
        "email": "See your email address",
        "offline_access": "Keep access while you are away",
        "notes:read": "Read your notes",
        "notes:write": "Create and change your notes",
        "contacts:read": "See your contacts",
        "files:read": "See your files",
    ]
}
