internal import Integrations
internal import Logging
internal import OAuth
internal import Outbound
internal import Storage

extension Portal {
    /// Ends a grant at its provider, as far as the provider has a way (RFC 7009, or its own).
    ///
    /// That it did not work is logged and changes nothing.
    func revokeAtProvider(_ found: FoundConnection, of session: ConnectSession) async {
        guard case .oauth2(let grant) = found.credentials, let integration = catalog[session.integrationName],
            let oauth = integration.option(found.methodKey)?.oauth
        else { return }
        do {
            for message in try await revocations(of: grant, oauth, integration, appID: found.appID, session) {
                let status = try await exchange(message, fresh: true).status
                guard status >= 300 else { continue }
                log.notice("revocation refused", metadata: ["session": "\(session.id)", "status": "\(status)"])
            }
        } catch {
            log.notice("revocation failed", metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
    }

    /// The refresh token first: a provider that ends the whole grant with it needs no more (RFC 7009 §2.1).
    private func revocations(
        of grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ integration: Integration,
        appID: String?,
        _ session: ConnectSession
    ) async throws -> [HTTPRequestMessage] {
        if let revocation = oauth.revocation {
            var values = grant.inputs
            values["accessToken"] = grant.accessToken.reveal()
            values["refreshToken"] = grant.refreshToken?.reveal()
            return [try revocation.message(with: values)]
        }
        let choice = AppChoice(
            mode: grant.isPlatformApp ? .managed : .custom,
            id: appID,
            organization: session.organizationID
        )
        guard let app = try await oauthApp(for: integration, choice), app.client.id == grant.clientID else { return [] }
        let provider = try oauth.provider(with: grant.inputs)
        return [
            grant.refreshToken.flatMap { token in
                RevocationRequest(provider: provider, client: app.client, token: token, type: .refreshToken).message()
            },
            RevocationRequest(provider: provider, client: app.client, token: grant.accessToken, type: .accessToken)
                .message(),
        ].compactMap { $0 }
    }
}
