public import Integrations
public import Storage

/// One integration on an end user's portal page, with what the user has connected.
public struct PortalEntry: Sendable {
    /// What the page's forms call it by: the alias in the workspace, or else the integration's name.
    public let key: String
    public let integration: Integration
    public let name: String
    /// The workspace integration that offers it, where one does.
    public let entryID: WorkspaceIntegration.ID?
    /// Of the workspace integration; entries come in this order.
    public let sortOrder: Int
    public let connections: [Connection]
    /// Whether a way of connecting is open: one that needs no OAuth app, or one whose app is there.
    public let isConnectable: Bool
}

extension Portal {
    func portalEntry(
        _ offer: WorkspaceIntegration?,
        _ integration: Integration,
        apps: [OAuthApp],
        mine: [Connection]
    ) -> PortalEntry {
        PortalEntry(
            key: offer?.alias ?? integration.name,
            integration: integration,
            name: offer?.displayName ?? integration.displayName,
            entryID: offer?.id,
            sortOrder: offer?.sortOrder ?? 0,
            connections: mine.filter { $0.integrationName == integration.name },
            isConnectable: isConnectable(offer, integration, apps)
        )
    }

    /// Whether minting a session would find a method and, where that needs one, an OAuth app.
    private func isConnectable(
        _ offer: WorkspaceIntegration?,
        _ integration: Integration,
        _ apps: [OAuthApp]
    ) -> Bool {
        let methods = integration.auth.filter { method in offer?.authMethodKey.map { $0 == method.key } ?? true }
        let own = apps.filter { $0.integrationName == integration.name }
        if let id = offer?.oauthAppID { return own.contains { $0.id.rawValue == id } }
        if methods.contains(where: { $0.oauth == nil }) { return true }
        let isManaged = offer?.oauthAppMode == MintRequest.AppMode.managed.rawValue
        return !methods.isEmpty && (platformApps[integration.name] != nil || !isManaged && !own.isEmpty)
    }
}
