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
        _ = try await connection(id, for: key)
        var input = try Input(body)
        guard input.isGiven("displayName") else { throw PortalError.noUpdates }
        let name = input.text("displayName")
        try input.finish()
        let now = now()
        try await store.write { try $0.rename(id, of: key.organizationID, to: name, at: now) }
        return try await connection(id, for: key)
    }

    /// Removes a connection; nobody gets its credentials any more, and its provider is asked to end the grant.
    public func deleteConnection(_ id: Connection.ID, for key: APIKey) async throws {
        _ = try await connection(id, for: key)
        try await deleteConnection(id, of: key.organizationID)
    }

    func deleteConnection(_ id: Connection.ID, of organization: Organization.ID) async throws {
        let isDeleted = try await store.write { transaction in
            try keepForRevocation(.connection(id), of: organization, transaction)
            return try transaction.deleteConnection(id, of: organization)
        }
        guard isDeleted else { throw PortalError(.notFound, "Connection not found") }
        startRevoking()
    }
}
