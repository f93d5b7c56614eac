public import Storage

extension Portal {
    /// Removes a connection; its credentials are gone at once.
    public func deleteConnection(_ id: Connection.ID, for key: APIKey) async throws {
        guard try await store.write({ try $0.deleteConnection(id, of: key.organizationID) }) else {
            throw PortalError(.notFound, "Connection not found")
        }
    }
}
