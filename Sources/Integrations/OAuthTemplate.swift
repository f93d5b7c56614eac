public import OAuth

/// An OAuth 2.0 provider whose addresses and parameters may have placeholders.
public struct OAuthTemplate: Sendable {
    /// Everything, with the text of templates where values are to come.
    let provider: OAuthProvider
    /// Whether the endpoints come from the metadata of the issuer (RFC 8414, OpenID Connect Discovery).
    public let isDiscovered: Bool
    let allowedHosts: [String]
    /// Values that an OAuth app must have beside client id and secret, known to templates as `{app.name}`.
    public let appParameters: [String]
    /// Exchanges the first access token for one that lives long.
    public let longLivedExchange: ExchangeTemplate?
    /// What renews a token at a provider without refresh tokens.
    public let refreshExchange: ExchangeTemplate?
    /// How a grant is ended at a provider without RFC 7009.
    public let revocation: RequestTemplate?
    /// Added to the authorization request when the person wants to choose another account.
    public let switchAccountParameters: [String: String]
    /// Whether the provider turns away browsers that are part of another app.
    public let refusesEmbeddedBrowsers: Bool

    public var scopes: [String] { provider.scopes }
    /// Seconds before its expiry at which an access token is renewed.
    public var refreshMargin: Int { provider.refreshMargin }
    /// Whether there is a way to end a grant; discovered endpoints may have one.
    public var hasRevocation: Bool { revocation != nil || isDiscovered || provider.endpoints.revocation != nil }
    public var usesPKCE: Bool { provider.pkce == .s256 }
    public var clientAuthentication: ClientAuthenticationMethod { provider.clientAuthentication }
    /// The addresses as written, for people who read the catalog; empty where they are discovered.
    public var endpoints: ProviderEndpoints { provider.endpoints }

    /// What nobody may add to an authorization request, by whatever name.
    public var reservedParameters: Set<String> { provider.names(of: AuthorizationRequest.reservedParameters) }

    /// The issuer for one person's inputs; throws `TemplateError`.
    public func issuer(with values: [String: String]) throws(TemplateError) -> String? {
        guard let issuer = provider.endpoints.issuer else { return nil }
        return try address(issuer, values)
    }

    /// The provider for one person's inputs and the OAuth app's values; throws `TemplateError`.
    public func provider(
        with values: [String: String],
        discovered: ProviderEndpoints? = nil
    ) throws(TemplateError) -> OAuthProvider {
        var provider = provider
        if let discovered {
            let requiresIssuer = provider.endpoints.requiresIssuer || discovered.requiresIssuer
            provider.endpoints = discovered
            provider.endpoints.requiresIssuer = requiresIssuer
        } else {
            provider.endpoints = try provider.endpoints.mapAddresses { (text) throws(TemplateError) in
                try address(text, values)
            }
        }
        provider.authorizationParameters = try filled(provider.authorizationParameters, values)
        provider.tokenParameters = try filled(provider.tokenParameters, values)
        provider.refreshParameters = try filled(provider.refreshParameters, values)
        if let name = provider.redirectURI { provider.redirectURI = try Template(name).filled(with: values) }
        return provider
    }

    private func address(_ text: String, _ values: [String: String]) throws(TemplateError) -> String {
        try Template(text).address(with: values, allowedHosts: allowedHosts)
    }

    private func filled(
        _ parameters: [String: String],
        _ values: [String: String]
    ) throws(TemplateError) -> [String: String] {
        var filled = parameters
        for (name, text) in parameters where text.contains("{") {
            filled[name] = try Template(text).filled(with: values)
        }
        return filled
    }
}

extension OAuthTemplate {
    /// Seconds to assume where the token answer has no expiry; nothing = it does not expire.
    public var assumedLifetime: Int? { provider.accessTokenLifetime.flatMap { $0 > 0 ? $0 : nil } }
}
