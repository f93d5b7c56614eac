public import OAuth

/// An OAuth 2.0 provider whose addresses may have placeholders.
public struct OAuthTemplate: Sendable {
    /// Everything but the addresses, which hold their templates' text.
    let provider: OAuthProvider
    let allowedHosts: [String]
    /// How a grant is ended at a provider without RFC 7009.
    public let revocation: RequestTemplate?
    /// Added to the authorization request when the person wants to choose another account.
    public let switchAccountParameters: [String: String]
    /// Whether the provider turns away browsers that are part of another app.
    public let refusesEmbeddedBrowsers: Bool

    public var scopes: [String] { provider.scopes }
    public var usesPKCE: Bool { provider.pkce == .s256 }
    /// The addresses as written, for people who read the catalog.
    public var authorizationURL: String { provider.authorizationURL }
    public var tokenURL: String { provider.tokenURL }

    /// The provider for one person's inputs; throws `TemplateError`.
    public func provider(with values: [String: String]) throws(TemplateError) -> OAuthProvider {
        var provider = provider
        provider.authorizationURL = try address(provider.authorizationURL, values)
        provider.tokenURL = try address(provider.tokenURL, values)
        if let url = provider.revocationURL { provider.revocationURL = try address(url, values) }
        if let issuer = provider.issuer { provider.issuer = try Template(issuer).filled(with: values) }
        return provider
    }

    private func address(_ text: String, _ values: [String: String]) throws(TemplateError) -> String {
        try Template(text).address(with: values, allowedHosts: allowedHosts)
    }
}

extension OAuthTemplate {
    /// Seconds to assume where the token answer has no expiry; nothing = it does not expire.
    public var assumedLifetime: Int? { provider.accessTokenLifetime.flatMap { $0 > 0 ? $0 : nil } }
}
