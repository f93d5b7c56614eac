public import Storage
public import StrictJSON

extension Portal {
    public func createWorkspace(
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<Workspace> = { _, _ in }
    ) async throws -> Workspace {
        try key.requireWholeOrganization()
        var input = try Input(body)
        let name = input.text("name")
        let slug = input.slug()
        let id: Workspace.ID = newID()
        let branding = input.branding(of: id)
        try input.finish()
        let workspace = Workspace(
            id: id,
            organizationID: key.organizationID,
            name: name,
            slug: slug,
            createdAt: now(),
            updatedAt: now(),
            branding: branding?.result
        )
        let limit = quotas.workspaces
        let created = entry(.workspaceCreated, by: key, on: .workspace(id), in: id)
        do {
            try await store.write { transaction in
                try Quotas.check(limit, of: "workspaces", in: key.organizationID, transaction) {
                    try transaction.workspaceCount(of: $0)
                }
                try transaction.insert(workspace)
                try branding?.write(to: transaction, of: id)
                try record(created, in: transaction)
                try also(transaction, workspace)
            }
        } catch StorageError.duplicate { throw PortalError.duplicate("slug") }
        return workspace
    }

    public func workspaces(for key: APIKey, _ page: ListPage) async throws -> Listing<Workspace> {
        try key.requireWholeOrganization()
        return try await store.read { try $0.workspaces(of: key.organizationID, page) }
    }

    public func workspace(_ id: Workspace.ID, for key: APIKey) async throws -> Workspace {
        try key.requireWholeOrganization()
        return try await reachableWorkspace(id, for: key)
    }

    public func updateWorkspace(_ id: Workspace.ID, _ body: JSON, for key: APIKey) async throws -> Workspace {
        let (changed, branding) = try changed(try await workspace(id, for: key), body)
        let fields = body.object?.members.map(\.name) ?? []
        let updated = entry(.workspaceUpdated, by: key, on: .workspace(id), in: id, ["fields": JSON(fields)])
        do {
            try await store.write { transaction in
                try transaction.update(changed)
                try branding?.write(to: transaction, of: id)
                try record(updated, in: transaction)
            }
        } catch StorageError.duplicate { throw PortalError.duplicate("slug") }
        return changed
    }

    private func changed(
        _ workspace: Workspace,
        _ body: JSON
    ) throws(PortalError) -> (Workspace, BrandingChange?) {
        var workspace = workspace
        var input = try Input(body)
        guard ["name", "slug", "branding"].contains(where: input.isGiven) else { throw .noUpdates }
        if input.isGiven("name") { workspace.name = input.text("name") }
        if input.isGiven("slug") { workspace.slug = input.slug() }
        let branding = input.branding(of: workspace.id, now: workspace.branding)
        try input.finish()
        if let branding { workspace.branding = branding.result }
        workspace.updatedAt = now()
        return (workspace, branding)
    }

    /// Removes a workspace with its end users, integrations, sessions and connections.
    public func deleteWorkspace(_ id: Workspace.ID, for key: APIKey) async throws {
        try key.requireWholeOrganization()
        let deleted = entry(.workspaceDeleted, by: key, on: .workspace(id), in: id)
        let isDeleted = try await store.write { transaction in
            try keepForRevocation(.workspace(id), of: key.organizationID, transaction)
            guard try transaction.deleteWorkspace(id, of: key.organizationID) else { return false }
            try record(deleted, in: transaction)
            return true
        }
        guard isDeleted else { throw PortalError(.notFound, "Workspace not found") }
        startRevoking()
    }

    /// A workspace that the key reaches.
    func reachableWorkspace(_ id: Workspace.ID, for key: APIKey) async throws -> Workspace {
        let workspace = try await store.read { try $0.requireWorkspace(id, of: key.organizationID) }
        try key.requireAccess(to: id)
        return workspace
    }
}

extension Transaction {
    /// Throws `NOT_FOUND`.
    @discardableResult
    func requireWorkspace(_ id: Workspace.ID, of organization: Organization.ID) throws -> Workspace {
        guard let workspace = try workspace(id, of: organization) else {
            throw PortalError(.notFound, "Workspace not found")
        }
        return workspace
    }
}

extension Input {
    fileprivate mutating func slug() -> String {
        text(
            "slug",
            matching: /[a-z0-9][a-z0-9\-]{0,62}/,
            shape: "1 to 63 of a-z, 0-9 and -, starting with a letter or digit"
        )
    }
}
