public import Integrations
public import OAuth
internal import Storage
internal import StrictJSON

/// An OAuth app with which an integration can be connected, without its secret.
public struct KnownApp: Sendable {
    /// Nothing for the operator's, which serves every organization.
    public let id: String?
    public let displayName: String?
    public let clientID: String
    /// Instead of the definition's.
    public let scopes: [String]?
    public let parameters: [String: String]
    /// To be registered at the provider.
    public let redirectURI: String
    let organization: Organization.ID
}

/// A sign-in as it would begin with one OAuth app: put together, and neither sent nor kept.
public struct Rehearsal: Sendable {
    public let provider: OAuthProvider
    public let client: ClientCredentials
    public let request: AuthorizationRequest
    /// Where people come back to, even where the provider knows it by a name.
    public let callbackURL: String
    let verifier: CodeVerifier?

    /// The access token request for some code.
    public func tokenRequest(code: Secret) -> TokenRequest {
        let grant = TokenRequest.Grant.authorizationCode(
            code: code,
            redirectURI: request.redirectURI,
            verifier: verifier
        )
        return TokenRequest(provider: provider, client: client, grant: grant)
    }
}

extension Portal {
    /// The operator's OAuth app for an integration, then the default organization's own, the newest first.
    public func apps(for integration: Integration) async throws -> [KnownApp] {
        let (organization, own) =
            try await store.read { transaction in
                guard let organization = try transaction.firstOrganization()?.id else { return (nil, []) }
                return (organization, try transaction.oauthApps(of: organization, for: integration.name).rows)
            } as (Organization.ID?, [OAuthApp])
        let operators = platformApps[integration.name].map { app in
            KnownApp(
                id: nil,
                displayName: nil,
                clientID: app.client.id,
                scopes: app.scopes,
                parameters: app.extraParameters,
                redirectURI: redirectURI,
                organization: organization ?? Organization.ID(rawValue: "")
            )
        }
        let others = own.map { app in
            KnownApp(
                id: app.id.rawValue,
                displayName: app.displayName,
                clientID: app.clientID,
                scopes: app.scopes,
                parameters: app.extraParams.object?.texts ?? [:],
                redirectURI: redirectURI(of: app),
                organization: app.organizationID
            )
        }
        return [operators].compactMap(\.self) + others
    }

    /// The sign-in with an app; `metadata` is that of a discovered provider.
    ///
    /// Nothing where the option has no sign-in. Throws `TemplateError` where a person's inputs are missing or do not fit,
    /// and `SealError` where the client secret does not open.
    public func rehearse(
        _ option: AuthOption,
        of integration: Integration,
        with app: KnownApp,
        inputs: [String: String],
        metadata: ProviderMetadata?
    ) async throws -> Rehearsal? {
        let choice = AppChoice(mode: app.id == nil ? .managed : nil, id: app.id, organization: app.organization)
        guard let oauth = option.oauth, let usable = try await oauthApp(for: integration, choice) else { return nil }
        let values = inputs.merging(usable.values(for: oauth)) { $1 }
        let provider = usable.changing(try oauth.provider(with: values, discovered: metadata?.endpoints), oauth)
        let scopes = usable.scopes ?? provider.scopes
        let verifier = provider.pkce == .s256 ? CodeVerifier(randomBytes: random(32)) : nil
        let request = AuthorizationRequest(
            provider: provider,
            clientID: usable.client.id,
            redirectURI: provider.redirectURI ?? usable.redirectURI,
            scopes: scopes,
            state: Base64URL.encode(random(32)),
            codeChallenge: verifier?.challenge,
            nonce: scopes.contains("openid") ? Base64URL.encode(random(32)) : nil
        )
        return Rehearsal(
            provider: provider,
            client: usable.client,
            request: request,
            callbackURL: usable.redirectURI,
            verifier: verifier
        )
    }
}

extension UsableApp {
    /// The provider with what this app changes of its definition and adds to it.
    func changing(_ provider: OAuthProvider, _ oauth: OAuthTemplate) -> OAuthProvider {
        var provider = provider
        provider.endpoints.authorization = authorizationURL ?? provider.endpoints.authorization
        provider.endpoints.token = tokenURL ?? provider.endpoints.token
        provider.authorizationParameters.merge(extraParameters.filter { !oauth.appParameters.contains($0.key) }) { $1 }
        return provider
    }
}
