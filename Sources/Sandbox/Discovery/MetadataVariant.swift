/// An issuer of its own, `<sandbox>/variants/<name>`, whose metadata is odd; all its endpoints work.
enum MetadataVariant: String, Sendable, CaseIterable {
    /// The documents name another issuer (RFC 8414 §3.3).
    case wrongIssuer = "wrong-issuer"
    /// They name this one with a slash behind it, which makes it another.
    case issuerWithSlash = "issuer-with-slash"
    /// The issuer itself ends with a slash, which no well-known address has (Auth0, Neon).
    case slashedIssuer = "slashed-issuer"
    /// Only OpenID Connect Discovery: Google, Microsoft.
    case openIDOnly = "openid-only"
    /// Only RFC 8414: most servers without OpenID Connect (Buffer, Neon, Bluesky).
    case authorizationServerOnly = "oauth-only"
    /// The OpenID document leaves out what only OAuth has, such as the revocation endpoint, as glewlwyd does.
    case differentDocuments = "different-documents"
    /// Of PKCE's methods only the one that protects nothing (RFC 9700 §2.1.1).
    case plainOnly = "plain-only"
    /// PKCE is not mentioned, as in most OpenID documents.
    case noChallengeMethods = "no-challenge-methods"
    /// The endpoints are not where they usually are.
    case moved
    /// Authorization requests must be pushed (RFC 9126 §5).
    case pushedOnly = "pushed-only"
    /// Endpoints without TLS, on a host that is not this one.
    case insecureEndpoints = "insecure-endpoints"
    /// Clients can be identified only by an assertion (RFC 7523 §2.2).
    case assertionsOnly = "assertions-only"

    var path: String { "/variants/" + rawValue }

    func has(_ document: MetadataDocument) -> Bool {
        switch self {
        case .openIDOnly: document == .openIDConfiguration
        case .authorizationServerOnly: document == .authorizationServer
        default: true
        }
    }
}

/// The two documents in which metadata is published.
enum MetadataDocument: String, Sendable, CaseIterable {
    /// OpenID Connect Discovery §4: the issuer comes before the well-known part.
    case openIDConfiguration = "/.well-known/openid-configuration"
    /// RFC 8414 §3: the well-known part comes between the host and the issuer's path.
    case authorizationServer = "/.well-known/oauth-authorization-server"

    func path(issuerPath: String) -> String {
        switch self {
        case .openIDConfiguration: issuerPath + rawValue
        case .authorizationServer: rawValue + issuerPath
        }
    }
}
