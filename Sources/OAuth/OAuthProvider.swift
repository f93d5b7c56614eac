/// How one provider speaks OAuth 2.0: its endpoints, and the closed vocabulary of its deviations as values.
///
/// The defaults are the RFC's own; a provider that follows it sets only the endpoints.
public struct OAuthProvider: Sendable, Hashable {
    public var endpoints: ProviderEndpoints

    public var scopes: [String] = []
    public var scopeSeparator = " "
    public var scopeParameter = "scope"
    /// Whether people may give some of the scopes and not others, which the token answer then tells (RFC 6749 §3.3).
    public var grantsPartially = false
    /// Scope as it is asked for → as the token answer names it.
    public var scopeAliases: [String: String] = [:]
    public var pkce = PKCEMethod.s256
    public var clientAuthentication = ClientAuthenticationMethod.clientSecretBasic
    /// Form-encode id and secret before Base64 (RFC 6749 §2.3.1); some servers want them raw.
    public var encodesBasicCredentials = true
    /// `aud` of the assertion of private_key_jwt; none = the issuer where it is known, else the endpoint that is asked.
    public var assertionAudience: AssertionAudience?
    /// Where revocation takes another way of client authentication than the token endpoint.
    public var revocationClientAuthentication: ClientAuthenticationMethod?

    public var responseMode = ResponseMode.query
    public var authorizationParameters: [String: String] = [:]
    public var tokenParameters: [String: String] = [:]
    public var refreshParameters: [String: String] = [:]
    /// What stands in the place of our address, where a provider knows it by a name.
    public var redirectURI: String?
    /// RFC name → the provider's name, for example `client_id` → `client_key`.
    public var parameterNames: [String: String] = [:]
    /// The name under which the code arrives in the callback.
    public var codeParameter = "code"
    public var bodyFormat = BodyFormat.form
    public var tokenHeaders: [String: String] = [:]
    public var tokenResponse = TokenResponseFormat()
    /// What tokens are taken for, whatever the answer calls them.
    public var tokenType: String?
    /// How id_tokens may be signed (OpenID Connect Core §3.1.3.7); `none` never is among them.
    public var idTokenAlgorithms: [SignatureAlgorithm] = [.rs256]

    /// Callback parameters to keep with the connection, for example `realmId`.
    public var keepFromCallback: [String] = []
    /// The callback parameter that tells the granted scopes, where the token answer does not.
    public var callbackScopeParameter: String?
    /// Dot paths of the token answer to keep with the connection, for example `team.id`.
    public var keepFromToken: [String] = []
    /// Seconds to assume when the answer has no expiry; none or 0 = it does not expire.
    public var accessTokenLifetime: Int?

    /// Seconds before its expiry when an access token is renewed.
    public var refreshMargin = 300

    public init(_ endpoints: ProviderEndpoints) { self.endpoints = endpoints }

    /// A provider by the two endpoints that every one has.
    public init(authorizationURL: String, tokenURL: String) {
        self.init(ProviderEndpoints(authorization: authorizationURL, token: tokenURL))
    }

    /// The scopes in a text of the provider's: GitHub is asked with spaces and answers with commas, and no scope has
    /// either inside.
    public func scopes(in text: String) -> [String] {
        text.split { $0 == " " || $0 == "," || String($0) == scopeSeparator }.map(String.init)
    }

    /// Parameters by the RFC's names and by those that the provider has for them.
    public func names(of parameters: Set<String>) -> Set<String> {
        let renamed = parameters.compactMap { parameterNames[$0] }
        return parameters.union(renamed).union(parameters.contains("scope") ? [scopeParameter] : [])
    }

    /// What was asked for and not given; nothing where the provider does not say what it gave.
    public func missing(of requested: [String], granted: [String]?) -> [String] {
        guard grantsPartially, let granted else { return [] }
        return requested.filter { !granted.contains($0) && !granted.contains(scopeAliases[$0] ?? $0) }
    }
}

public enum PKCEMethod: String, Sendable, CaseIterable { case s256 = "S256", none }

/// How the authorization response comes back (OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode).
public enum ResponseMode: String, Sendable, CaseIterable { case query, formPost = "form_post" }

/// RFC 6749 §2.3, by the names of RFC 7591 §2.
public enum ClientAuthenticationMethod: String, Sendable, CaseIterable {
    case clientSecretBasic = "client_secret_basic"
    case clientSecretPost = "client_secret_post"
    /// RFC 7523 §2.2: the client secret is a private key.
    case privateKeyJWT = "private_key_jwt"
    case none
}

/// Whom an assertion of private_key_jwt names as its audience.
public enum AssertionAudience: String, Sendable, CaseIterable { case issuer, endpoint }

public enum BodyFormat: String, Sendable, CaseIterable { case form, json }

/// Where the members of a token answer are, as dot paths.
public struct TokenResponseFormat: Sendable, Hashable {
    public var accessToken = "access_token"
    public var refreshToken = "refresh_token"
    public var tokenType = "token_type"
    public var expiresIn = "expires_in"
    public var expiresInUnit = ExpiryUnit.seconds
    public var scope = "scope"
    public var idToken = "id_token"
    /// `false` at this path makes the answer an error, whatever its status.
    public var successFlag: String?
    public var error = "error"
    public var errorDescription = "error_description"

    public init() {}
}

public enum ExpiryUnit: String, Sendable, CaseIterable { case seconds = "s", milliseconds = "ms" }
