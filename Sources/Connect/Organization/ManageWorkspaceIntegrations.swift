internal import Integrations
public import Storage
public import StrictJSON

extension Portal {
    public func addIntegration(
        to workspace: Workspace.ID,
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<WorkspaceIntegration> = { _, _ in }
    ) async throws -> WorkspaceIntegration {
        _ = try await reachableWorkspace(workspace, for: key)
        var input = try Input(body)
        let name = input.text("integrationName", limit: 63)
        var entry = WorkspaceIntegration(
            id: newID(),
            organizationID: key.organizationID,
            workspaceID: workspace,
            integrationName: name,
            alias: name,
            createdAt: now()
        )
        input.read(into: &entry)
        try input.finish()
        guard let integration = catalog[name] else {
            throw PortalError(.integrationNotFound, "There is no integration named \(name)")
        }
        try await check(entry, integration, for: key)
        let made = entry
        let added = self.entry(
            .integrationAdded,
            by: key,
            on: .integration(made.id),
            in: workspace,
            ["integrationName": .string(name)]
        )
        do {
            try await store.write { transaction in
                try transaction.insert(made)
                try record(added, in: transaction)
                try also(transaction, made)
            }
        } catch StorageError.duplicate { throw Self.aliasConflict }
        return try await workspaceIntegration(made.id, in: workspace, for: key)
    }

    public func workspaceIntegrations(
        in workspace: Workspace.ID,
        for key: APIKey,
        _ page: ListPage
    ) async throws -> Listing<WorkspaceIntegration> {
        _ = try await reachableWorkspace(workspace, for: key)
        return try await store.read { try $0.workspaceIntegrations(in: workspace, of: key.organizationID, page) }
    }

    public func updateIntegration(
        _ id: WorkspaceIntegration.ID,
        in workspace: Workspace.ID,
        _ body: JSON,
        for key: APIKey
    ) async throws -> WorkspaceIntegration {
        var entry = try await workspaceIntegration(id, in: workspace, for: key)
        var input = try Input(body)
        let fields = [
            "alias", "connectionStrategy", "authMethodKey", "oauthAppMode", "oauthAppId", "connectionId", "displayName",
            "enabledActions", "settings", "sortOrder",
        ]
        guard fields.contains(where: input.isGiven) else { throw PortalError.noUpdates }
        input.read(into: &entry)
        try input.finish()
        if let integration = catalog[entry.integrationName] { try await check(entry, integration, for: key) }
        entry.updatedAt = now()
        let changed = entry
        let given = fields.filter(input.isGiven)
        let updated = self.entry(
            .integrationUpdated,
            by: key,
            on: .integration(id),
            in: workspace,
            ["fields": JSON(given)]
        )
        do {
            try await store.write { transaction in
                try transaction.update(changed)
                try record(updated, in: transaction)
            }
        } catch StorageError.duplicate { throw Self.aliasConflict }
        return try await workspaceIntegration(id, in: workspace, for: key)
    }

    public func removeIntegration(
        _ id: WorkspaceIntegration.ID,
        from workspace: Workspace.ID,
        for key: APIKey
    ) async throws {
        _ = try await workspaceIntegration(id, in: workspace, for: key)
        let removed = entry(.integrationRemoved, by: key, on: .integration(id), in: workspace)
        try await store.write { transaction in
            guard try transaction.deleteWorkspaceIntegration(id, in: workspace, of: key.organizationID) else { return }
            try record(removed, in: transaction)
        }
    }

    func workspaceIntegration(
        _ id: WorkspaceIntegration.ID,
        in workspace: Workspace.ID,
        for key: APIKey
    ) async throws -> WorkspaceIntegration {
        _ = try await reachableWorkspace(workspace, for: key)
        let found = try await store.read { try $0.workspaceIntegration(id, in: workspace, of: key.organizationID) }
        guard let found else { throw PortalError(.notFound, "Workspace integration not found") }
        return found
    }

    /// What the fields must be to each other, to the integration and to what exists.
    private func check(_ entry: WorkspaceIntegration, _ integration: Integration, for key: APIKey) async throws {
        var faults: [(name: String, problem: String)] = []
        let keys = integration.auth.map(\.key).joined(separator: ", ")
        if let method = entry.authMethodKey {
            if integration.option(method) == nil { faults.append(("authMethodKey", "must be one of \(keys)")) }
        } else if integration.auth.count > 1 {
            faults.append(("authMethodKey", "is required here: one of \(keys)"))
        }
        if entry.strategy == .fixed, entry.connectionID == nil {
            faults.append(("connectionId", "is required for the strategy fixed"))
        }
        if let id = entry.connectionID, try await !isUsable(id, for: entry) {
            faults.append(("connectionId", "is no connection of this integration that the workspace shares"))
        }
        if entry.oauthAppMode == MintRequest.AppMode.custom.rawValue, entry.oauthAppID == nil {
            faults.append(("oauthAppId", "is required for the oauthAppMode custom"))
        }
        guard faults.isEmpty else { throw PortalError.validation(faults) }
        if let id = entry.oauthAppID {
            let app = try await store.read { try $0.oauthApp(.init(rawValue: id), of: key.organizationID) }
            guard app?.integrationName == integration.name else {
                throw PortalError(.oauthAppNotFound, "OAuth app not found")
            }
        }
    }

    /// Whether everybody in the workspace may work with a connection.
    private func isUsable(_ id: Connection.ID, for entry: WorkspaceIntegration) async throws -> Bool {
        guard let connection = try await store.read({ try $0.connection(id, of: entry.organizationID) }) else {
            return false
        }
        let isShared =
            connection.scope == .organization
            || connection.scope == .workspace && connection.workspaceID == entry.workspaceID
        return isShared && connection.integrationName == entry.integrationName
    }

    private static let aliasConflict = PortalError(
        .aliasConflict,
        "The workspace has an integration with this alias already"
    )
}

extension Input {
    /// The fields that adding and changing share; `null` clears.
    fileprivate mutating func read(into entry: inout WorkspaceIntegration) {
        if isGiven("alias") {
            entry.alias = text(
                "alias",
                matching: /[a-z][a-z0-9_\-]{0,62}/,
                shape: "1 to 63 of a-z, 0-9, _ and -, starting with a letter"
            )
        }
        if isGiven("connectionStrategy") { entry.strategy = choice("connectionStrategy") ?? .perUser }
        if isGiven("authMethodKey") { entry.authMethodKey = optionalText("authMethodKey", limit: 63) }
        if isGiven("oauthAppMode") { entry.oauthAppMode = choice("oauthAppMode", MintRequest.AppMode.self)?.rawValue }
        if isGiven("oauthAppId") { entry.oauthAppID = optionalID("oauthAppId", of: OAuthApp.self)?.rawValue }
        if isGiven("connectionId") { entry.connectionID = optionalID("connectionId") }
        if isGiven("displayName") { entry.displayName = optionalText("displayName") }
        if isGiven("enabledActions") { entry.enabledActions = texts("enabledActions", limit: 1000) }
        if isGiven("settings") { entry.settings = object("settings") }
        if isGiven("sortOrder") { entry.sortOrder = integer("sortOrder", in: -1_000_000...1_000_000, default: 0) }
    }
}
