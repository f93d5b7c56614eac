internal import Integrations
internal import OAuth
internal import Storage

extension Portal {
    /// Exchanges a person's own client id and secret for a first token (RFC 6749 §4.4.2), which proves them.
    func exchange(
        _ values: [String: String],
        _ oauth: OAuthTemplate,
        _ option: AuthOption,
        _ integration: Integration,
        for session: ConnectSession
    ) async throws(ConnectFailure) -> FoundConnection {
        let inputs = inputs(of: integration, in: values)
        let secret = Secret(values["clientSecret"] ?? "")
        let client = ClientCredentials(id: values["clientId"] ?? "", secret: secret)
        let provider = try await provider(oauth, with: inputs, integration)
        let scopes = session.scopes ?? provider.scopes
        let issued: IssuedTokens
        do throws(ConnectFailure) {
            issued = try await tokens(for: .clientCredentials(scopes: scopes), provider, client, integration)
        } catch {
            // The client is what the person typed.
            let isTyped = [.invalidClient, .invalidGrant].contains(error.code)
            throw isTyped ? ConnectFailure(.credentialsRejected, error.provider, detail: error.detail) : error
        }
        let tokens = issued.tokens
        let grant = OAuthGrant(
            accessToken: tokens.accessToken,
            tokenType: tokens.tokenType,
            refreshToken: nil,
            data: tokens.data,
            inputs: inputs,
            endpoints: provider.endpoints,
            clientID: client.id,
            isPlatformApp: false,
            clientSecret: secret
        )
        return FoundConnection(
            credentials: .oauth2(grant),
            type: .oauth2,
            methodKey: option.key,
            account: await account(with: grant.templateValues, option, of: session),
            grantedScopes: tokens.scopes ?? scopes,
            missingScopes: provider.missing(of: scopes, granted: tokens.scopes),
            expiresAt: issued.expiry(oauth)
        )
    }
}
