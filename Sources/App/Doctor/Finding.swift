/// One thing that was looked at: how it is, and what to do.
struct Finding: Sendable, Equatable {
    let sign: Sign
    /// What was looked at, in a word or two.
    let subject: String
    let text: String
    /// What to do.
    let hints: [Hint]

    enum Sign: Sendable { case good, warning, bad }

    enum Hint: Sendable, Equatable {
        case sentence(String)
        /// Lines to be copied as they are.
        case copy(String)
    }

    static func good(_ subject: String, _ text: String, _ hints: Hint...) -> Finding {
        Finding(sign: .good, subject: subject, text: text, hints: hints)
    }

    static func warning(_ subject: String, _ text: String, _ hints: Hint...) -> Finding {
        Finding(sign: .warning, subject: subject, text: text, hints: hints)
    }

    static func bad(_ subject: String, _ text: String, _ hints: Hint...) -> Finding {
        Finding(sign: .bad, subject: subject, text: text, hints: hints)
    }
}

extension Finding {
    /// What a provider's error means, after what it said.
    static func explaining(_ help: OAuthErrorHelp?, as sign: Sign, _ subject: String, _ text: String) -> Finding {
        let unknown = "This error is not in the list; the provider's documentation may name it."
        return Finding(
            sign: sign,
            subject: subject,
            text: text,
            hints: help.map { [.sentence($0.meaning), .sentence($0.advice)] } ?? [.sentence(unknown)]
        )
    }
}

extension Finding.Hint: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .sentence(value) }
}
