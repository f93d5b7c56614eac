internal import Foundation
internal import Integrations
internal import OAuth
public import Storage
public import StrictJSON

extension Portal {
    /// Registers an organization's own OAuth app; the secret is sealed and never shown again.
    public func createOAuthApp(
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<OAuthApp> = { _, _ in }
    ) async throws -> OAuthApp {
        try key.requireWholeOrganization()
        var input = try Input(body)
        let name = input.text("integrationName", limit: 63)
        let integration = catalog[name]
        var app = OAuthApp(
            id: newID(),
            organizationID: key.organizationID,
            integrationName: name,
            displayName: input.optionalText("displayName") ?? integration?.displayName ?? name,
            clientID: input.text("clientId", limit: 1000),
            clientSecret: nil,
            createdAt: now(),
            updatedAt: now()
        )
        try input.read(into: &app, integration, sealing: seal)
        try input.finish()
        guard let integration else { throw PortalError(.integrationNotFound, "There is no integration named \(name)") }
        guard integration.auth.contains(where: { $0.oauth != nil }) else {
            throw PortalError.validation([("integrationName", "does not connect by OAuth 2.0")])
        }
        let made = app
        let created = entry(.oauthAppCreated, by: key, on: .oauthApp(made.id), ["integrationName": .string(name)])
        try await store.write { transaction in
            try transaction.insert(made)
            try record(created, in: transaction)
            try also(transaction, made)
        }
        return made
    }

    public func oauthApps(for key: APIKey, _ page: ListPage) async throws -> Listing<OAuthApp> {
        try key.requireWholeOrganization()
        return try await store.read { try $0.oauthApps(of: key.organizationID, page) }
    }

    public func updateOAuthApp(_ id: OAuthApp.ID, _ body: JSON, for key: APIKey) async throws -> OAuthApp {
        try key.requireWholeOrganization()
        guard var app = try await store.read({ try $0.oauthApp(id, of: key.organizationID) }) else {
            throw PortalError(.oauthAppNotFound, "OAuth app not found")
        }
        var input = try Input(body)
        let fields = ["clientId", "clientSecret", "displayName", "scopes", "authUrl", "tokenUrl", "extraParams"]
        guard fields.contains(where: input.isGiven) else { throw PortalError.noUpdates }
        if input.isGiven("displayName") { app.displayName = input.text("displayName") }
        if input.isGiven("clientId") { app.clientID = input.text("clientId", limit: 1000) }
        try input.read(into: &app, catalog[app.integrationName], sealing: seal)
        try input.finish()
        app.updatedAt = now()
        let changed = app
        let updated = entry(
            .oauthAppUpdated,
            by: key,
            on: .oauthApp(id),
            ["fields": JSON(fields.filter(input.isGiven))]
        )
        try await store.write { transaction in
            try transaction.update(changed)
            try record(updated, in: transaction)
        }
        return changed
    }

    public func deleteOAuthApp(_ id: OAuthApp.ID, for key: APIKey) async throws {
        try key.requireWholeOrganization()
        let deleted = entry(.oauthAppDeleted, by: key, on: .oauthApp(id))
        let isDeleted = try await store.write { transaction in
            guard try transaction.deleteOAuthApp(id, of: key.organizationID) else { return false }
            try record(deleted, in: transaction)
            return true
        }
        guard isDeleted else { throw PortalError(.oauthAppNotFound, "OAuth app not found") }
    }

    /// The names of integrations that can be connected by OAuth right now, for an organization or for anybody.
    public func integrationsWithApp(for organization: Organization.ID?) async throws -> [String] {
        let own = try await store.read { transaction in
            try organization.map { try transaction.oauthApps(of: $0).rows.map(\.integrationName) } ?? []
        }
        return Set(own + platformApps.keys).filter { catalog[$0] != nil }.sorted()
    }

    /// The redirect URI to register for an app; one that names its own endpoints has its own, so that an answer meant
    /// for another endpoint cannot be mixed up with it.
    public func redirectURI(of app: OAuthApp) -> String {
        app.authorizationURL == nil && app.tokenURL == nil ? redirectURI : redirectURI + "/" + app.id.rawValue
    }

    private func seal(_ secret: Secret, _ app: OAuthApp) throws -> Data {
        try sealer.seal(Data(secret.reveal().utf8), at: OAuthApp.secretPlace(app.id, of: app.organizationID))
    }
}

extension Input {
    /// The fields that creating and changing share; `null` clears.
    fileprivate mutating func read(
        into app: inout OAuthApp,
        _ integration: Integration?,
        sealing seal: (Secret, OAuthApp) throws -> Data
    ) throws {
        if isGiven("clientSecret") {
            app.clientSecret = try secret("clientSecret", isRequired: false).map { try seal($0, app) }
        }
        if isGiven("scopes") { app.scopes = texts("scopes") }
        if isGiven("authUrl") { app.authorizationURL = endpoint("authUrl", of: integration) }
        if isGiven("tokenUrl") { app.tokenURL = endpoint("tokenUrl", of: integration) }
        if isGiven("extraParams") {
            app.extraParams = object("extraParams")
            let members = app.extraParams.object?.members ?? []
            let taken = integration?.reservedParameters ?? AuthorizationRequest.reservedParameters
            if members.contains(where: { $0.value.string == nil || taken.contains($0.name) }) {
                refuse("extraParams", "must hold texts, and none of the parameters that the protocol sets")
            }
        }
        for name in integration?.appParameters ?? [] where app.extraParams[name]?.string?.isEmpty ?? true {
            refuse("extraParams.\(name)", "is required for \(app.integrationName)")
        }
    }

    /// An endpoint of the app's own must be one of the provider's hosts.
    private mutating func endpoint(_ name: String, of integration: Integration?) -> String? {
        guard let text = optionalText(name, limit: 2000) else { return nil }
        guard let address = WebAddress(text),
            integration?.auth.contains(where: { $0.oauth?.mayUse(address) == true }) == true
        else {
            refuse(name, "must be an https address at one of the provider's hosts, without parameters of the protocol")
            return nil
        }
        return text
    }
}
