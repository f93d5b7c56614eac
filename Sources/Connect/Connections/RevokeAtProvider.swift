internal import Integrations
internal import Logging
internal import OAuth
internal import Outbound
internal import Storage

extension Portal {
    /// Ends what was found at its provider, as far as the provider has a way.
    func revokeAtProvider(_ found: FoundConnection, of session: ConnectSession) async {
        guard case .oauth2(let grant) = found.credentials, let integration = catalog[session.integrationName],
            let oauth = integration.option(found.methodKey)?.issuer
        else { return }
        if let client = try? await client(of: grant, integration, appID: found.appID, of: session.organizationID) {
            await revoke(grant, oauth, integration, client: client)
        }
    }

    /// Ends a grant at its provider (RFC 7009, or its own way); that it did not work is logged and changes nothing.
    func revoke(
        _ grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ integration: Integration,
        client: ClientCredentials
    ) async {
        do {
            for message in try revocations(of: grant, oauth, client) {
                let status = try await exchange(message, fresh: true).status
                guard status >= 300 else { continue }
                log.notice(
                    "revocation refused",
                    metadata: ["integration": "\(integration.name)", "status": "\(status)"]
                )
            }
        } catch {
            log.notice("revocation failed", metadata: ["integration": "\(integration.name)", "error": "\(error)"])
        }
    }

    /// The client that a grant was issued to: the person's own, or the app's as long as it is the same.
    private func client(
        of grant: OAuthGrant,
        _ integration: Integration,
        appID: String?,
        of organization: Organization.ID
    ) async throws -> ClientCredentials? {
        if let secret = grant.clientSecret { return ClientCredentials(id: grant.clientID, secret: secret) }
        let choice = AppChoice(mode: grant.isPlatformApp ? .managed : .custom, id: appID, organization: organization)
        let app = try await oauthApp(for: integration, choice)
        return app.flatMap { $0.client.id == grant.clientID ? $0.client : nil }
    }

    /// The refresh token first: a provider that ends the whole grant with it needs no more (RFC 7009 §2.1).
    private func revocations(
        of grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ client: ClientCredentials
    ) throws -> [HTTPRequestMessage] {
        if let revocation = oauth.revocation {
            var values = grant.templateValues
            values["clientSecret"] = client.secret?.reveal()
            return [try revocation.message(with: values)]
        }
        let provider = try oauth.provider(with: grant.inputs, discovered: grant.endpoints)
        let refreshToken = try grant.refreshToken.flatMap { token in
            try RevocationRequest(provider: provider, client: client, token: token, type: .refreshToken)
                .message(fresh: freshness())
        }
        let accessToken = try RevocationRequest(
            provider: provider,
            client: client,
            token: grant.accessToken,
            type: .accessToken
        ).message(fresh: freshness())
        return [refreshToken, accessToken].compactMap(\.self)
    }
}
