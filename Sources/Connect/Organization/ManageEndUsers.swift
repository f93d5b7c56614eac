public import Storage
public import StrictJSON

extension Portal {
    public func createEndUser(
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<EndUser> = { _, _ in }
    ) async throws -> EndUser {
        var input = try Input(body)
        let workspace: Workspace.ID = input.id("workspaceId")
        let user = EndUser(
            id: newID(),
            organizationID: key.organizationID,
            workspaceID: workspace,
            externalID: input.text("externalId"),
            displayName: input.optionalText("displayName"),
            email: input.email("email"),
            metadata: input.object("metadata"),
            createdAt: now(),
            updatedAt: now()
        )
        try input.finish()
        _ = try await reachableWorkspace(workspace, for: key)
        let limit = quotas.endUsers
        let created = entry(.endUserCreated, by: key, on: .endUser(user.id), in: workspace)
        do {
            try await store.write { transaction in
                try Quotas.check(limit, of: "end users", in: key.organizationID, transaction) {
                    try transaction.endUserCount(of: $0)
                }
                try transaction.insert(user)
                try record(created, in: transaction)
                try also(transaction, user)
            }
        } catch StorageError.duplicate { throw PortalError.duplicate("externalId") }
        return user
    }

    /// The end users of a workspace; a key for one workspace need not name it.
    public func endUsers(
        in workspace: Workspace.ID?,
        externalID: String?,
        for key: APIKey,
        _ page: ListPage
    ) async throws -> Listing<EndUser> {
        let only = key.limitedTo.flatMap { $0.count == 1 ? $0.first : nil }
        guard let workspace = workspace ?? only else {
            throw PortalError.validation([("workspaceId", "is required")])
        }
        _ = try await reachableWorkspace(workspace, for: key)
        return try await store.read {
            try $0.endUsers(of: key.organizationID, in: workspace, externalID: externalID, page)
        }
    }

    public func endUser(_ id: EndUser.ID, for key: APIKey) async throws -> EndUser {
        guard let user = try await store.read({ try $0.endUser(id, of: key.organizationID) }) else {
            throw PortalError(.endUserNotFound, "End user not found")
        }
        try key.requireAccess(to: user.workspaceID)
        return user
    }

    public func connections(of user: EndUser) async throws -> [Connection] {
        try await store.read { try $0.connections(of: user.organizationID, ConnectionFilter(endUserID: user.id)).rows }
    }

    /// Changes what the body names; `null` clears.
    public func updateEndUser(_ id: EndUser.ID, _ body: JSON, for key: APIKey) async throws -> EndUser {
        var user = try await endUser(id, for: key)
        var input = try Input(body)
        let fields = ["displayName", "email", "metadata"].filter(input.isGiven)
        guard !fields.isEmpty else { throw PortalError.noUpdates }
        if input.isGiven("displayName") { user.displayName = input.optionalText("displayName") }
        if input.isGiven("email") { user.email = input.email("email") }
        if input.isGiven("metadata") { user.metadata = input.object("metadata") }
        try input.finish()
        user.updatedAt = now()
        let changed = user
        let updated = entry(.endUserUpdated, by: key, on: .endUser(id), in: user.workspaceID, ["fields": JSON(fields)])
        try await store.write { transaction in
            try transaction.update(changed)
            try record(updated, in: transaction)
        }
        return changed
    }

    /// Removes an end user with their connections; returns how many those were.
    public func deleteEndUser(_ id: EndUser.ID, for key: APIKey) async throws -> Int {
        let user = try await endUser(id, for: key)
        let deleted = entry(.endUserDeleted, by: key, on: .endUser(id), in: user.workspaceID)
        let removed = try await store.write { transaction in
            let connections = try transaction.endUser(id, of: key.organizationID)?.connectionCount ?? 0
            try keepForRevocation(.endUser(id), of: key.organizationID, transaction)
            guard try transaction.deleteEndUser(id, of: key.organizationID) else {
                throw PortalError(.endUserNotFound, "End user not found")
            }
            try record(deleted, in: transaction)
            return connections
        }
        startRevoking()
        return removed
    }
}
