extension Transaction {
    /// The connection of a user for an integration in a workspace: an ACTIVE one before others, the newest first.
    public func newestConnection(
        of user: EndUser.ID,
        integration: String,
        authMethodKey: String?,
        of organization: Organization.ID
    ) throws -> Connection? {
        var conditions = Conditions(organization, table: "connection")
        conditions.require("connection.endUserId", user)
        conditions.require("connection.integrationName", integration)
        conditions.require("connection.authMethodKey", authMethodKey)
        return try newestConnection(where: conditions)
    }

    /// The shared connection for an integration: a workspace's, or for no workspace the organization's own.
    public func newestSharedConnection(
        in workspace: Workspace.ID?,
        integration: String,
        authMethodKey: String?,
        of organization: Organization.ID
    ) throws -> Connection? {
        var conditions = Conditions(organization, table: "connection")
        conditions.require("connection.integrationName", integration)
        conditions.require("connection.authMethodKey", authMethodKey)
        conditions.require("connection.scope", workspace == nil ? Connection.Scope.organization : .workspace)
        conditions.require("connection.workspaceId", workspace)
        return try newestConnection(where: conditions)
    }

    private func newestConnection(where conditions: Conditions) throws -> Connection? {
        try all(
            """
            \(Connection.select) WHERE \(conditions.clause)
            ORDER BY CASE connection.status WHEN ? THEN 0 ELSE 1 END, connection.createdAt DESC, connection.id DESC LIMIT 1
            """,
            values: conditions.values + [Connection.Status.active],
            as: Connection.init
        ).first
    }
}
