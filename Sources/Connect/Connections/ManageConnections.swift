public import Storage
public import StrictJSON

extension Portal {
    /// A connection that the key reaches.
    public func connection(_ id: Connection.ID, for key: APIKey) async throws -> Connection {
        guard let connection = try await store.read({ try $0.connection(id, of: key.organizationID) }) else {
            throw PortalError(.notFound, "Connection not found")
        }
        try key.requireAccess(to: connection.workspaceID)
        return connection
    }

    /// A connection that the key reaches, with the latest turns of its life.
    public func connectionWithEvents(
        _ id: Connection.ID,
        for key: APIKey
    ) async throws -> (Connection, [ConnectionEvent]) {
        let found = try await store.read { transaction in
            try transaction.connection(id, of: key.organizationID).map {
                ($0, try transaction.events(of: $0.id, limit: 100))
            }
        }
        guard let (connection, events) = found else { throw PortalError(.notFound, "Connection not found") }
        try key.requireAccess(to: connection.workspaceID)
        return (connection, events)
    }

    public func connections(
        for key: APIKey,
        _ filter: ConnectionFilter,
        _ page: ListPage
    ) async throws -> Listing<Connection> {
        var filter = filter
        filter.workspaces = key.limitedTo
        return try await store.read { [filter] in try $0.connections(of: key.organizationID, filter, page) }
    }

    public func renameConnection(_ id: Connection.ID, _ body: JSON, for key: APIKey) async throws -> Connection {
        let connection = try await connection(id, for: key)
        var input = try Input(body)
        guard input.isGiven("displayName") else { throw PortalError.noUpdates }
        let name = input.text("displayName")
        try input.finish()
        let now = now()
        let renamed = entry(.connectionRenamed, by: key, on: .connection(id), in: connection.workspaceID)
        try await store.write { transaction in
            try transaction.rename(id, of: key.organizationID, to: name, at: now)
            try record(renamed, in: transaction)
        }
        return try await self.connection(id, for: key)
    }

    /// Removes a connection; nobody gets its credentials any more, and its provider is asked to end the grant.
    public func deleteConnection(_ id: Connection.ID, for key: APIKey) async throws {
        let workspace = try await connection(id, for: key).workspaceID
        try await deleteConnection(id, of: key.organizationID, in: workspace, by: .key(key))
    }

    func deleteConnection(
        _ id: Connection.ID,
        of organization: Organization.ID,
        in workspace: Workspace.ID?,
        by actor: Activity.Party
    ) async throws {
        let deleted = entry(.connectionDeleted, by: actor, on: .connection(id), of: organization, in: workspace)
        let isDeleted = try await store.write { transaction in
            try keepForRevocation(.connection(id), of: organization, transaction)
            guard try transaction.deleteConnection(id, of: organization) else { return false }
            try record(deleted, in: transaction)
            return true
        }
        guard isDeleted else { throw PortalError(.notFound, "Connection not found") }
        startRevoking()
    }
}
