internal import Foundation
internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

/// What a provider gave for an old token, and by what it was asked.
struct RenewedTokens {
    let grant: OAuthGrant
    let response: TokenResponse
    let integration: Integration
    let oauth: OAuthTemplate
    let provider: OAuthProvider
    let client: ClientCredentials

    /// The grant from now on; what the answer does not tell anew stays (RFC 6749 §6).
    var renewed: OAuthGrant {
        var data = grant.data
        for member in response.data.members { data[member.name] = member.value }
        return OAuthGrant(
            accessToken: response.accessToken,
            tokenType: response.tokenType,
            refreshToken: response.refreshToken ?? grant.refreshToken,
            data: data,
            inputs: grant.inputs,
            endpoints: grant.endpoints,
            clientID: client.id,
            isPlatformApp: grant.isPlatformApp,
            clientSecret: grant.clientSecret,
            subject: grant.subject,
            nonce: grant.nonce
        )
    }

    /// Seconds; nothing = it does not expire.
    var lifetime: Int? { response.expiresIn ?? oauth.assumedLifetime }
}

extension Portal {
    /// Asks the provider for new tokens, as the definition says how; at the endpoints and with the app that issued the
    /// old ones.
    func renewedTokens(_ connection: Connection) async throws(RefreshFailure) -> RenewedTokens {
        var answer: HTTPResponseMessage?
        do {
            let grant = try await storedGrant(of: connection)
            guard let integration = catalog[connection.integrationName],
                let oauth = integration.option(connection.authMethodKey)?.issuer, grant.isRenewable(oauth)
            else { throw RefreshFailure.notRenewable }
            let issuedTo = try await client(
                of: grant,
                integration,
                oauth,
                appID: connection.oauthAppID,
                of: connection.organizationID
            )
            guard let issuedTo else { throw RefreshFailure.noApp }
            let values = grant.inputs.merging(issuedTo.values) { $1 }
            var provider = try oauth.provider(with: values, discovered: grant.endpoints)
            let request = TokenRequest(
                provider: provider,
                client: issuedTo.client,
                grant: try grant.renewal(scopes: connection.grantedScopes)
            )
            var message = try request.message(fresh: freshness())
            if let template = oauth.refreshExchange {
                message = try template.message(with: grant.templateValues(issuedTo))
                provider.tokenResponse = template.tokenResponse ?? provider.tokenResponse
            }
            let response = try await exchange(message, fresh: true)
            answer = response
            return RenewedTokens(
                grant: grant,
                response: try TokenResponse(response, from: provider, hiding: request.secrets),
                integration: integration,
                oauth: oauth,
                provider: provider,
                client: issuedTo.client
            )
        } catch { throw RefreshFailure(error, answer, now: now()) }
    }

    /// The sealed grant of a connection, opened.
    private func storedGrant(of connection: Connection) async throws -> OAuthGrant {
        let (id, organization) = (connection.id, connection.organizationID)
        guard let (sealed, version) = try await store.read({ try $0.sealedCredentials(id, of: organization) }) else {
            throw RefreshFailure.notRenewable
        }
        return try openGrant(sealed, of: id, organization, version: version)
    }

    func openGrant(
        _ sealed: Data,
        of id: Connection.ID,
        _ organization: Organization.ID,
        version: Int
    ) throws -> OAuthGrant {
        let place = Connection.credentialsPlace(id, of: organization, version: version)
        guard let grant = OAuthGrant(try JSON.parse(Array(try sealer.open(sealed, at: place)))) else {
            throw RefreshFailure.notRenewable
        }
        return grant
    }
}

extension OAuthGrant {
    /// What stands for the person in the request for new tokens; an exchange of the provider's own needs none.
    fileprivate func renewal(scopes: [String]) throws(RefreshFailure) -> TokenRequest.Grant {
        refreshToken.map { .refreshToken($0) } ?? .clientCredentials(scopes: scopes)
    }
}
