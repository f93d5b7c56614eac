import StrictJSON
import Testing

/// One field of the definition format, and what can be seen of it on the way to a connection.
struct VocabularyCase: Sendable, CustomTestStringConvertible {
    let level: Level
    /// The field first, then what it cannot do without.
    let fragment: String
    /// More that a definition needs before the field can matter.
    var given: [Definition.Change] = []
    /// The number of the auth option that is taken.
    var option = 0
    var answers = AcmeAnswers()
    /// More parameters of the callback.
    var callback = ""
    /// The client secret of the OAuth app.
    var clientSecret = "secret/1"
    /// Whether, once connected, somebody else signs in and then wants to be yet another.
    var isSwitching = false
    /// Must be so with the field, and not without.
    let holds: @Sendable (ConnectAttempt) throws -> Bool

    init(_ level: Level, _ fragment: String, holds: @escaping @Sendable (ConnectAttempt) throws -> Bool) {
        self.level = level
        self.fragment = fragment
        self.holds = holds
    }

    var field: String { String(fragment.prefix { $0 != ":" }) }

    var testDescription: String { "\(level.rawValue): \(fragment)" }

    func without() throws -> Definition { try Definition.plain.changed(level.given + given) }

    func with() throws -> Definition { try without().changed(.init(level, fragment)) }
}

extension VocabularyCase {
    func given(_ place: Level, _ fragment: String) -> VocabularyCase {
        given([.init(place, fragment)])
    }

    func given(_ changes: [Definition.Change]) -> VocabularyCase { changed { $0.given += changes } }

    func answering(_ path: String, _ body: JSON = [:], status: Int = 200) -> VocabularyCase {
        changed {
            $0.answers.others[path] = body
            $0.answers.statuses[path] = status
        }
    }

    /// With the option of the key, not the sign-in.
    var byKey: VocabularyCase { changed { $0.option = 1 } }
    var switching: VocabularyCase { changed { $0.isSwitching = true } }

    func callback(_ parameters: String) -> VocabularyCase { changed { $0.callback = parameters } }

    func clientSecret(_ secret: String) -> VocabularyCase { changed { $0.clientSecret = secret } }

    private func changed(_ change: (inout VocabularyCase) -> Void) -> VocabularyCase {
        var changed = self
        change(&changed)
        return changed
    }
}
