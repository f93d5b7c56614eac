import Foundation

/// A checked authorization request (RFC 6749 §4.1.1).
struct AuthorizationRequest: Sendable {
    let clientID: String
    let target: AuthorizationTarget
    /// As the request had it; the token request must then repeat it (RFC 6749 §4.1.3).
    let redirectURI: String?
    let scopes: [String]
    let codeChallenge: String?
    let nonce: String?
    /// Space separated, OpenID Connect Core §3.1.2.1.
    let prompt: Set<String>
    let asksForOffline: Bool
}

/// Where and how the answer to an authorization request goes.
struct AuthorizationTarget: Sendable {
    /// Who answers (RFC 9207 §2).
    let issuer: String
    let redirectURI: String
    let state: String?
    let usesFormPost: Bool

    /// The host that people return to, or the scheme of an app's own link.
    var site: String {
        let url = URLComponents(string: redirectURI)
        return url?.host ?? url?.scheme ?? redirectURI
    }
}

/// Why an authorization request is refused, and whether the client may be told (RFC 6749 §4.1.2.1).
enum AuthorizationRefusal: Error {
    case page(String)
    case redirect(OAuthError, AuthorizationTarget, Quirks)
}
