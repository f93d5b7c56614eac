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

/// What became of an attempt to end a grant.
enum RevocationOutcome {
    case done
    /// The grant may still live; after so many seconds where the provider said when to come again.
    case again(after: Int?)
}

extension Portal {
    /// Ends a grant at its provider (RFC 7009, or its own way); tells what is left to be tried again.
    func revoke(
        _ grant: OAuthGrant,
        _ oauth: OAuthTemplate,
        _ integration: Integration,
        _ issuedTo: IssuedTo
    ) async -> RevocationOutcome {
        var outcome = RevocationOutcome.done
        do {
            for message in try revocations(of: grant, oauth, issuedTo) {
                let response = try await exchange(message, fresh: true)
                let status = response.status
                guard status >= 300 else { continue }
                // RFC 7009 §2.2.1: after a 503 the token is still alive.
                if status == 429 || status >= 500 { outcome = .again(after: response.secondsToWait(from: now())) }
                log.notice(
                    "revocation refused",
                    metadata: ["integration": "\(integration.name)", "status": "\(status)"]
                )
            }
        } catch {
            outcome = error is TransportError ? .again(after: nil) : .done
            log.notice("revocation failed", metadata: ["integration": "\(integration.name)", "error": "\(error)"])
        }
        return outcome
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
