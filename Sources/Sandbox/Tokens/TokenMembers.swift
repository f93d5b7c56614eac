import StrictJSON

extension ExpiresIn {
    func json(seconds: Int) -> JSON? {
        switch self {
        case .seconds: JSON(seconds)
        case .milliseconds: JSON(seconds * 1000)
        case .text: .string(String(seconds))
        case .omitted: nil
        }
    }
}

extension Quirks {
    /// The scopes as an answer has them; an answer names none rather than an empty text (RFC 6749 §3.3).
    func told(_ scopes: [String]) -> JSON? {
        let names = scopes.map { scopeAliases[$0] ?? $0 }.filter { !$0.isEmpty }
        return switch scopeFormat {
        case .list: JSON(names)
        case _ where names.isEmpty: nil
        case .asRequested: .string(Scopes.join(names, separator: scopeSeparator))
        case .spaces: .string(Scopes.join(names, separator: .space))
        case .commas: .string(Scopes.join(names, separator: .comma))
        }
    }

    /// The members under their names here, which may be dot paths.
    func renamed(_ members: JSON.Object) -> JSON.Object {
        var renamed = JSON.Object()
        for member in members.members {
            renamed.merge(JSON.Object(placing: member.value, at: responseNames[member.name] ?? member.name))
        }
        return renamed
    }
}
