public import Integrations
public import Storage
internal import StrictJSON

/// One integration on an end user's portal page, with what the user has connected.
public struct PortalEntry: Sendable {
    public let integration: Integration
    public let name: String
    /// The workspace integration that offers it, where one does.
    public let entryID: WorkspaceIntegration.ID?
    public let connections: [Connection]
}

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
        let (offered, mine) = try await store.read { transaction in
            let offered = try transaction.workspaceIntegrations(in: scope.workspace, of: scope.organization, .all).rows
            let user = try transaction.endUser(externalID: scope.endUser, in: scope.workspace)
            let filter = user.map { ConnectionFilter(endUserID: $0.id) }
            return (offered, try filter.map { try transaction.connections(of: scope.organization, $0).rows } ?? [])
        }
        var entries = offered.sorted { ($0.sortOrder, $0.id.rawValue) < ($1.sortOrder, $1.id.rawValue) }
            .compactMap { entry in
                catalog[entry.integrationName].map { integration in
                    PortalEntry(
                        integration: integration,
                        name: entry.displayName ?? integration.displayName,
                        entryID: entry.id,
                        connections: mine.filter { $0.integrationName == integration.name }
                    )
                }
            }
        if let id = scope.workspaceIntegration { entries = entries.filter { $0.entryID == id } }
        if let name = scope.integrationName {
            entries = entries.filter { $0.integration.name == name }
            if entries.isEmpty, let integration = catalog[name] {
                let connections = mine.filter { $0.integrationName == name }
                entries = [
                    PortalEntry(
                        integration: integration,
                        name: integration.displayName,
                        entryID: nil,
                        connections: connections
                    )
                ]
            }
        }
        return OpenedPortal(endUserExternalID: scope.endUser, entries: entries, branding: scope.branding)
    }

    /// Opens a connect session for the user of a link: a new connection, or again the one that is named.
    public func connectFromPortal(
        link token: String,
        integration name: String,
        again id: Connection.ID?
    ) async throws -> MintedSession {
        let scope = try await scope(ofLink: token)
        let opened = try await openPortal(scope)
        guard let entry = opened.entries.first(where: { $0.integration.name == name }) else {
            throw PortalError(.integrationNotFound, "This integration is not offered")
        }
        let existing = entry.connections.first { $0.id == id }
        let fresh: Connection.ID = newID()
        let body: JSON = [
            "integrationName": .string(name),
            "connectionName": .string(existing?.displayName ?? entry.name),
            "externalId": .string(existing?.externalID ?? fresh.rawValue),
            "workspaceId": .string(scope.workspace.rawValue),
            "workspaceIntegrationId": JSON(entry.entryID?.rawValue),
            "endUserId": .string(scope.endUser),
            "successRedirectUri": .string(link("/connect/portal")),
            "errorRedirectUri": .string(link("/connect/portal")),
            "expiresIn": 3600,
        ]
        return try await mint(try MintRequest(body, now: now()), of: scope.organization)
    }

    /// Gives a connection of the user of a link another name; throws `PlainText.Problem` for what is none.
    public func renameFromPortal(link token: String, _ id: Connection.ID, to name: String) async throws {
        let scope = try await scope(ofLink: token, of: id)
        let name = try PlainText(name, limit: 200).text
        let now = now()
        try await store.write { try $0.rename(id, of: scope.organization, to: name, at: now) }
    }

    /// Removes a connection of the user of a link.
    public func disconnectFromPortal(link token: String, _ id: Connection.ID) async throws {
        let scope = try await scope(ofLink: token, of: id)
        _ = try await store.write { try $0.deleteConnection(id, of: scope.organization) }
    }

    /// What a link is for, if that includes a connection.
    private func scope(ofLink token: String, of id: Connection.ID) async throws -> PortalScope {
        let scope = try await scope(ofLink: token)
        let isTheirs = try await openPortal(scope).entries.contains { $0.connections.contains { $0.id == id } }
        guard isTheirs else { throw PortalError(.notFound, "Connection not found") }
        return scope
    }
}
