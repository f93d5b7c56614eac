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
        var issued = try await tokens(
            for: .authorizationCode(code: code, redirectURI: context.redirectURI, verifier: context.verifier),
            homecoming.provider,
            context.client,
            homecoming.integration
        )
        do throws(ConnectFailure) {
            let identity = try await identity(in: issued.tokens, homecoming)
            issued = try await longLived(issued, homecoming)
            return try await find(issued, identity, homecoming)
        } catch {
            await giveBack(homecoming.found(issued.tokens), of: homecoming.session, isOrphan: true)
            throw error
        }
    }

    /// The access token request, on a connection of its own and never repeated.
    func tokens(
        for grant: TokenRequest.Grant,
        _ provider: OAuthProvider,
        _ client: ClientCredentials,
        _ integration: Integration
    ) async throws(ConnectFailure) -> IssuedTokens {
        do {
            let request = TokenRequest(provider: provider, client: client, grant: grant)
            let sent = now()
            let response = try await exchange(request.message(fresh: freshness()), fresh: true)
            return IssuedTokens(try TokenResponse(response, from: provider, hiding: request.secrets), since: sent)
        } catch { throw ConnectFailure(error, provider: integration.displayName) }
    }

    /// The second exchange, at a provider whose first token lives only for hours.
    private func longLived(
        _ first: IssuedTokens,
        _ homecoming: Homecoming
    ) async throws(ConnectFailure) -> IssuedTokens {
        guard let template = homecoming.oauth.longLivedExchange else { return first }
        var provider = homecoming.provider
        provider.tokenResponse = template.tokenResponse ?? provider.tokenResponse
        var values = homecoming.grant(first.tokens).templateValues
        values["clientSecret"] = homecoming.context.client.secret?.reveal()
        do {
            let sent = now()
            let answer = try await exchange(template.message(with: values), fresh: true)
            let secrets = [first.tokens.accessToken, homecoming.context.client.secret].compactMap(\.self)
            let second = try TokenResponse(answer, from: provider, hiding: secrets)
            return IssuedTokens(second.replacing(first.tokens), since: sent)
        } catch { throw ConnectFailure(error, provider: homecoming.integration.displayName) }
    }

    private func find(
        _ issued: IssuedTokens,
        _ identity: IDToken?,
        _ homecoming: Homecoming
    ) async throws(ConnectFailure) -> FoundConnection {
        let (tokens, context) = (issued.tokens, homecoming.context)
        var grant = homecoming.grant(tokens)
        grant.subject = identity?.subject
        grant.nonce = identity == nil ? nil : context.nonce
        let told = tokens.scopes ?? homecoming.scopesInCallback
        let account = try await account(of: grant, identity, homecoming)
        let choices = try await choices(of: grant, homecoming)
        var found = homecoming.found(tokens)
        found.credentials = .oauth2(grant)
        found.account = account
        found.choices = choices
        found.grantedScopes = told ?? context.scopes
        found.missingScopes = homecoming.provider.missing(of: context.scopes, granted: told)
        found.expiresAt = issued.expiry(homecoming.oauth)
        return choices.count == 1 ? found.choosing(choices[0]) : found
    }
}

/// Tokens, and the moment at which they were asked for: their life counts from then, however slow the answer was.
struct IssuedTokens {
    let tokens: TokenResponse
    let since: Instant

    init(_ tokens: TokenResponse, since: Instant) {
        self.tokens = tokens
        self.since = since
    }

    func expiry(_ oauth: OAuthTemplate) -> Instant? {
        (tokens.expiresIn ?? oauth.assumedLifetime).map { since + .seconds($0) }
    }
}

extension Homecoming {
    fileprivate func found(_ tokens: TokenResponse) -> FoundConnection {
        FoundConnection(
            credentials: .oauth2(grant(tokens)),
            type: context.isPlatformApp ? .platformOAuth2 : .oauth2,
            methodKey: option.key,
            appID: context.appID
        )
    }

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
