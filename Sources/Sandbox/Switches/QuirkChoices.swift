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

/// Whether a code challenge (RFC 7636) is demanded, checked when sent, not looked at, or not wanted.
public enum ProofKeyPolicy: String, Sendable, CaseIterable { case required, optional, ignored, refused }

/// Whether authorization requests may be pushed (RFC 9126), or must be.
public enum PushedAuthorizationPolicy: String, Sendable, CaseIterable { case optional, required }

/// How the authorization response travels.
public enum ResponseMode: String, Sendable, CaseIterable { case asRequested, query, formPost }

/// Whether a parameter of the authorization response is what it should be.
public enum EchoedParameter: String, Sendable, CaseIterable { case correct, omitted, wrong }

/// Which ways of client authentication are accepted (RFC 6749 §2.3.1, RFC 7523 §2.2).
public enum ClientAuthenticationPolicy: String, Sendable, CaseIterable {
    case basicOrPost, basic, post, none, privateKeyJWT
}

/// What `aud` of a client assertion must be: the issuer, the address that the request is sent to, or one of them.
public enum AssertionAudience: String, Sendable, CaseIterable { case either, issuer, endpoint }

/// How a token request must be written.
public enum BodyFormat: String, Sendable, CaseIterable { case form, json }

/// Where refresh tokens are taken: with the other grants, or at `/token/refresh` only.
public enum RefreshEndpoint: String, Sendable, CaseIterable { case token, separate }

/// When refresh tokens are issued, and whether each is used once.
public enum RefreshTokenPolicy: String, Sendable, CaseIterable {
    case rotating, stable, none
    /// Stable, but only for a person's first consent to a client. Google without `prompt=consent`.
    case firstConsentOnly
}
