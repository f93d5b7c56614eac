internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

extension Portal {
    /// What is behind an authorization code: the tokens, whose they are, and what can be picked with them.
    ///
    /// Tokens that were issued and cannot be used are given back to the provider.
    func find(behind code: Secret, _ homecoming: Homecoming) async throws(ConnectFailure) -> FoundConnection {
        let context = homecoming.context
        var tokens = try await tokens(
            for: .authorizationCode(code: code, redirectURI: context.redirectURI, verifier: context.verifier),
            homecoming.provider,
            context.client,
            homecoming.integration
        )
        do throws(ConnectFailure) {
            let identity = try await identity(in: tokens, homecoming)
            tokens = try await longLived(tokens, homecoming)
            return try await find(tokens, identity, homecoming)
        } catch {
            let grant = homecoming.grant(tokens)
            await revoke(grant, homecoming.oauth, homecoming.integration, IssuedTo(client: context.client))
            throw error
        }
    }

    /// The access token request, on a connection of its own and never repeated.
    func tokens(
        for grant: TokenRequest.Grant,
        _ provider: OAuthProvider,
        _ client: ClientCredentials,
        _ integration: Integration
    ) async throws(ConnectFailure) -> TokenResponse {
        do {
            let request = TokenRequest(provider: provider, client: client, grant: grant)
            let response = try await exchange(request.message(fresh: freshness()), fresh: true)
            return try TokenResponse(response, from: provider, hiding: request.secrets)
        } catch { throw ConnectFailure(error, provider: integration.displayName) }
    }

    /// The second exchange, at a provider whose first token lives only for hours.
    private func longLived(
        _ first: TokenResponse,
        _ homecoming: Homecoming
    ) async throws(ConnectFailure) -> TokenResponse {
        guard let template = homecoming.oauth.longLivedExchange else { return first }
        var provider = homecoming.provider
        provider.tokenResponse = template.tokenResponse ?? provider.tokenResponse
        var values = homecoming.grant(first).templateValues
        values["clientSecret"] = homecoming.context.client.secret?.reveal()
        do {
            let second = try await exchange(template.message(with: values), fresh: true)
            let secrets = [first.accessToken, homecoming.context.client.secret].compactMap(\.self)
            return try TokenResponse(second, from: provider, hiding: secrets).replacing(first)
        } catch { throw ConnectFailure(error, provider: homecoming.integration.displayName) }
    }

    private func find(
        _ tokens: TokenResponse,
        _ identity: IDToken?,
        _ homecoming: Homecoming
    ) async throws(ConnectFailure) -> FoundConnection {
        let context = homecoming.context
        var grant = homecoming.grant(tokens)
        grant.subject = identity?.subject
        grant.nonce = identity == nil ? nil : context.nonce
        let told = tokens.scopes ?? homecoming.scopesInCallback
        let lifetime = tokens.expiresIn ?? homecoming.oauth.assumedLifetime
        let account = try await account(of: grant, identity, homecoming)
        let choices = try await choices(of: grant, homecoming)
        let found = FoundConnection(
            credentials: .oauth2(grant),
            type: context.isPlatformApp ? .platformOAuth2 : .oauth2,
            methodKey: homecoming.option.key,
            account: account,
            choices: choices,
            grantedScopes: told ?? context.scopes,
            missingScopes: homecoming.provider.missing(of: context.scopes, granted: told),
            appID: context.appID,
            expiresAt: lifetime.map { now() + .seconds($0) }
        )
        return choices.count == 1 ? found.choosing(choices[0]) : found
    }
}

extension Homecoming {
    fileprivate func grant(_ tokens: TokenResponse) -> OAuthGrant {
        var data = tokens.data
        for name in provider.keepFromCallback {
            if let value = response.parameters[name] { data[name] = .string(value) }
        }
        return OAuthGrant(
            accessToken: tokens.accessToken,
            tokenType: tokens.tokenType,
            refreshToken: tokens.refreshToken,
            data: data,
            inputs: context.inputs,
            endpoints: context.endpoints,
            clientID: context.client.id,
            isPlatformApp: context.isPlatformApp
        )
    }

    fileprivate var scopesInCallback: [String]? {
        provider.callbackScopeParameter.flatMap { response.parameters[$0] }.map { provider.scopes(in: $0) }
    }
}
