internal import Integrations
internal import OAuth
internal import Storage
internal import StrictJSON

/// Which OAuth app a session asked for.
struct AppChoice {
    var mode: MintRequest.AppMode?
    var id: String?
    var organization: Organization.ID

    init(mode: MintRequest.AppMode?, id: String?, organization: Organization.ID) {
        self.mode = mode
        self.id = id
        self.organization = organization
    }

    init(_ session: ConnectSession) {
        self.init(
            mode: session.oauthAppMode.flatMap(MintRequest.AppMode.init),
            id: session.oauthAppID,
            organization: session.organizationID
        )
    }
}

/// The OAuth app with which a provider is asked.
struct UsableApp {
    /// Nothing for the operator's own.
    let id: String?
    let client: ClientCredentials
    let scopes: [String]?
    let extraParameters: [String: String]
    var authorizationURL: String?
    var tokenURL: String?
    var redirectURI: String

    /// What templates know of it, by the names that they use.
    func values(for oauth: OAuthTemplate) -> [String: String] {
        let known = extraParameters.filter { oauth.appParameters.contains($0.key) }
        return Dictionary(known.map { ("app.\($0.key)", $0.value) }, uniquingKeysWith: { $1 })
    }
}

extension Portal {
    /// The given app; else the organization's own for the integration; else the operator's.
    ///
    /// Nothing = none is configured. Throws `PortalError` where a given app is not the organization's.
    func oauthApp(for integration: Integration, _ choice: AppChoice) async throws -> UsableApp? {
        if choice.mode != .managed {
            let own = try await store.read { transaction in
                try choice.id.map { try transaction.oauthApp(.init(rawValue: $0), of: choice.organization) }
                    ?? transaction.oauthApp(for: integration.name, of: choice.organization)
            }
            if let own, own.integrationName == integration.name { return try usable(own) }
            guard choice.id == nil else { throw PortalError(.oauthAppNotFound, "OAuth app not found") }
        }
        return platformApps[integration.name].map { app in
            UsableApp(
                id: nil,
                client: app.client,
                scopes: app.scopes,
                extraParameters: app.extraParameters,
                redirectURI: redirectURI
            )
        }
    }

    private func usable(_ app: OAuthApp) throws -> UsableApp {
        let secret = try app.clientSecret.map { sealed in
            let plain = try sealer.open(sealed, at: OAuthApp.secretPlace(app.id, of: app.organizationID))
            return Secret(String(decoding: plain, as: UTF8.self))
        }
        let extra =
            app.extraParams.object?.members.compactMap { member in member.value.string.map { (member.name, $0) } } ?? []
        return UsableApp(
            id: app.id.rawValue,
            client: ClientCredentials(id: app.clientID, secret: secret),
            scopes: app.scopes,
            extraParameters: Dictionary(extra, uniquingKeysWith: { first, _ in first }),
            authorizationURL: app.authorizationURL,
            tokenURL: app.tokenURL,
            redirectURI: redirectURI(of: app)
        )
    }
}
