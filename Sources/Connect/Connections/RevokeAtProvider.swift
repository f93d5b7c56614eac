internal import Integrations
internal import Logging
internal import OAuth
internal import Outbound
internal import Storage

/// The client that a grant was issued to, with what templates know of its app.
struct IssuedTo {
    let client: ClientCredentials
    var values: [String: String] = [:]
}

extension Portal {
    /// Ends what was found at its provider, as far as the provider has a way.
    func revokeAtProvider(_ found: FoundConnection, of session: ConnectSession) async {
        guard case .oauth2(let grant) = found.credentials, let integration = catalog[session.integrationName],
            let oauth = integration.option(found.methodKey)?.issuer
        else { return }
        let issuedTo = try? await client(
            of: grant,
            integration,
            oauth,
            appID: found.appID,
            of: session.organizationID
        )
        if let issuedTo { _ = await revoke(grant, oauth, integration, issuedTo) }
    }

    /// Ends a grant at its provider (RFC 7009, or its own way); tells whether nothing is left to be tried again.
    @discardableResult
    func revoke(
        _ grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ integration: Integration,
        _ issuedTo: IssuedTo
    ) async -> Bool {
        var isDone = true
        do {
            for message in try revocations(of: grant, oauth, issuedTo) {
                let status = try await exchange(message, fresh: true).status
                guard status >= 300 else { continue }
                // RFC 7009 §2.2.1: after a 503 the token is still alive.
                if status == 429 || status >= 500 { isDone = false }
                log.notice(
                    "revocation refused",
                    metadata: ["integration": "\(integration.name)", "status": "\(status)"]
                )
            }
        } catch {
            isDone = !(error is TransportError)
            log.notice("revocation failed", metadata: ["integration": "\(integration.name)", "error": "\(error)"])
        }
        return isDone
    }

    /// The person's own client, or the app's as long as it is the one that the grant names.
    func client(
        of grant: OAuthGrant,
        _ integration: Integration,
        _ oauth: OAuthTemplate,
        appID: String?,
        of organization: Organization.ID
    ) async throws -> IssuedTo? {
        if let secret = grant.clientSecret {
            return IssuedTo(client: ClientCredentials(id: grant.clientID, secret: secret))
        }
        let choice = AppChoice(mode: grant.isPlatformApp ? .managed : .custom, id: appID, organization: organization)
        let app: UsableApp?
        do { app = try await oauthApp(for: integration, choice) } catch is PortalError { return nil }
        // Tokens that the app's backend brought name no client.
        guard let app, grant.clientID.isEmpty || app.client.id == grant.clientID else { return nil }
        return IssuedTo(client: app.client, values: app.values(for: oauth))
    }

    /// The refresh token first: a provider that ends the whole grant with it needs no more (RFC 7009 §2.1).
    private func revocations(
        of grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ issuedTo: IssuedTo
    ) throws -> [HTTPRequestMessage] {
        if let revocation = oauth.revocation { return [try revocation.message(with: grant.templateValues(issuedTo))] }
        let values = grant.inputs.merging(issuedTo.values) { $1 }
        let provider = try oauth.provider(with: values, discovered: grant.endpoints)
        let refreshToken = try grant.refreshToken.flatMap { token in
            try RevocationRequest(provider: provider, client: issuedTo.client, token: token, type: .refreshToken)
                .message(fresh: freshness())
        }
        let accessToken = try RevocationRequest(
            provider: provider,
            client: issuedTo.client,
            token: grant.accessToken,
            type: .accessToken
        ).message(fresh: freshness())
        return [refreshToken, accessToken].compactMap(\.self)
    }
}

extension OAuthGrant {
    /// What the requests that a definition writes itself may name.
    func templateValues(_ issuedTo: IssuedTo) -> [String: String] {
        var values = templateValues.merging(issuedTo.values) { $1 }
        values["clientSecret"] = issuedTo.client.secret?.reveal()
        return values
    }
}
