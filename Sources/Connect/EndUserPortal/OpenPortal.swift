internal import Integrations
public import Storage
internal import StrictJSON

/// What an end user's portal page shows.
public struct OpenedPortal: Sendable {
    public let endUserExternalID: String
    public let entries: [PortalEntry]
    public let branding: Branding?
}

extension Portal {
    /// The page behind a link: what the workspace offers, or the one integration that the link is for.
    public func openPortal(link token: String) async throws -> OpenedPortal {
        try await openPortal(try await scope(ofLink: token))
    }

    private func openPortal(_ scope: PortalScope) async throws -> OpenedPortal {
        let (offers, apps, mine) = try await store.read { transaction in
            let offers = try transaction.workspaceIntegrations(in: scope.workspace, of: scope.organization, .all).rows
            let apps = try transaction.oauthApps(of: scope.organization).rows
            let user = try transaction.endUser(externalID: scope.endUser, in: scope.workspace)
            let filter = user.map { ConnectionFilter(endUserID: $0.id) }
            return (offers, apps, try filter.map { try transaction.connections(of: scope.organization, $0).rows } ?? [])
        }
        var offered = offers.sorted { ($0.sortOrder, $0.id.rawValue) < ($1.sortOrder, $1.id.rawValue) }
            .filter { offer in scope.workspaceIntegration.map { $0 == offer.id } ?? true }
        if let name = scope.integrationName { offered = offered.filter { $0.integrationName == name } }
        var entries = offered.compactMap { offer in
            catalog[offer.integrationName].map { portalEntry(offer, $0, apps: apps, mine: mine) }
        }
        if entries.isEmpty, let integration = scope.integrationName.flatMap({ catalog[$0] }) {
            entries = [portalEntry(nil, integration, apps: apps, mine: mine)]
        }
        // Nobody is sent to a provider that does not know the app; what is connected already stays in sight.
        entries = entries.filter { $0.isConnectable || !$0.connections.isEmpty }
        return OpenedPortal(endUserExternalID: scope.endUser, entries: entries, branding: scope.branding)
    }

    /// Opens a connect session for the user of a link: a new connection, or again the one that is named.
    public func connectFromPortal(
        link token: String,
        integration key: String,
        again id: Connection.ID?
    ) async throws -> MintedSession {
        let scope = try await scope(ofLink: token)
        let opened = try await openPortal(scope)
        guard let entry = opened.entries.first(where: { $0.key == key }) else {
            throw PortalError(.integrationNotFound, "This integration is not offered")
        }
        let existing = entry.connections.first { $0.id == id }
        let fresh: Connection.ID = newID()
        let body: JSON = [
            "integrationName": .string(entry.integration.name),
            "connectionName": .string(existing?.displayName ?? entry.name),
            "externalId": .string(existing?.externalID ?? fresh.rawValue),
            "workspaceId": .string(scope.workspace.rawValue),
            "workspaceIntegrationId": JSON(entry.entryID?.rawValue),
            "endUserId": .string(scope.endUser),
            "successRedirectUri": .string(link("/connect/portal")),
            "errorRedirectUri": .string(link("/connect/portal")),
            "expiresIn": 3600,
        ]
        return try await mint(try MintRequest(body, now: now()), of: scope.organization, by: .endUser(scope.endUser))
    }

    /// Gives a connection of the user of a link another name; throws `PlainText.Problem` for what is none.
    public func renameFromPortal(link token: String, _ id: Connection.ID, to name: String) async throws {
        let scope = try await scope(ofLink: token, of: id)
        let name = try PlainText(name, limit: 200).text
        let now = now()
        let renamed = entry(
            .connectionRenamed,
            by: .endUser(scope.endUser),
            on: .connection(id),
            of: scope.organization,
            in: scope.workspace
        )
        try await store.write { transaction in
            try transaction.rename(id, of: scope.organization, to: name, at: now)
            try record(renamed, in: transaction)
        }
    }

    /// Removes a connection of the user of a link.
    public func disconnectFromPortal(link token: String, _ id: Connection.ID) async throws {
        let scope = try await scope(ofLink: token, of: id)
        try await deleteConnection(id, of: scope.organization, in: scope.workspace, by: .endUser(scope.endUser))
    }

    /// What a link is for, if that includes a connection.
    private func scope(ofLink token: String, of id: Connection.ID) async throws -> PortalScope {
        let scope = try await scope(ofLink: token)
        let isTheirs = try await openPortal(scope).entries.contains { $0.connections.contains { $0.id == id } }
        guard isTheirs else { throw PortalError(.notFound, "Connection not found") }
        return scope
    }
}
