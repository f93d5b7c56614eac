/// What stands between two scopes.
public enum ScopeSeparator: String, Sendable, CaseIterable {
    case space, comma, plus

    var character: Character {
        switch self {
        case .space: " "
        case .comma: ","
        case .plus: "+"
        }
    }
}

/// Whether a code challenge (RFC 7636) is demanded, checked when sent, or not looked at.
public enum ProofKeyPolicy: String, Sendable, CaseIterable { case required, optional, ignored }

/// How the authorization response travels.
public enum ResponseMode: String, Sendable, CaseIterable { case asRequested, query, formPost }

/// Whether a parameter of the authorization response is what it should be.
public enum EchoedParameter: String, Sendable, CaseIterable { case correct, omitted, wrong }

/// Which ways of client authentication are accepted (RFC 6749 §2.3.1).
public enum ClientAuthenticationPolicy: String, Sendable, CaseIterable { case basicOrPost, basic, post }

/// How a token request must be written.
public enum BodyFormat: String, Sendable, CaseIterable { case form, json }

/// How a token answer is written.
public enum AnswerFormat: String, Sendable, CaseIterable { case json, form, formUnlessJSONIsAccepted }

/// How `expires_in` is told.
public enum ExpiresIn: String, Sendable, CaseIterable { case seconds, milliseconds, text, omitted }

/// When refresh tokens are issued, and whether each is used once.
public enum RefreshTokenPolicy: String, Sendable, CaseIterable {
    case rotating, stable, none
    /// Stable, but only for a person's first consent to a client. Google without `prompt=consent`.
    case firstConsentOnly
}

/// What is wrong with an `id_token` (OpenID Connect Core §3.1.3.7).
public enum IDTokenFlaw: String, Sendable, CaseIterable {
    case none, absent
    case unsigned, wrongSignature, unknownKey
    case wrongIssuer, wrongAudience, missingAudience, extraAudience
    case missingSubject, otherSubject
    case missingIssuedAt, expired, wrongNonce, wrongAccessTokenHash
    /// Not a flaw: a relying party must find the key by itself.
    case withoutKeyID
}
