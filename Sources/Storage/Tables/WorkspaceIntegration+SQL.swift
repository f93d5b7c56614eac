extension WorkspaceIntegration {
    fileprivate static let select = """
        SELECT workspaceIntegration.id, workspaceIntegration.organizationId, workspaceIntegration.workspaceId,
            workspaceIntegration.integrationName, workspaceIntegration.alias, workspaceIntegration.connectionStrategy,
            workspaceIntegration.authMethodKey, workspaceIntegration.oauthAppMode, workspaceIntegration.oauthAppId,
            workspaceIntegration.connectionId, workspaceIntegration.displayName, workspaceIntegration.enabledActions,
            workspaceIntegration.settings, workspaceIntegration.sortOrder, workspaceIntegration.createdAt,
            workspaceIntegration.updatedAt, connection.status, connection.displayName
        FROM workspaceIntegration LEFT JOIN connection ON connection.id = workspaceIntegration.connectionId
        """

    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row[0],
            organizationID: try row[1],
            workspaceID: try row[2],
            integrationName: try row[3],
            alias: try row[4],
            strategy: try row[5],
            settings: try row[12],
            sortOrder: try row[13],
            createdAt: try row[14]
        )
        authMethodKey = try row[6]
        oauthAppMode = try row[7]
        oauthAppID = try row[8]
        connectionID = try row[9]
        displayName = try row[10]
        enabledActions = try row[11]
        updatedAt = try row[15]
        connectionStatus = try row[16]
        connectionDisplayName = try row[17]
    }
}

extension Transaction {
    /// Newest first.
    public func workspaceIntegrations(
        in workspace: Workspace.ID,
        of organization: Organization.ID,
        _ page: ListPage
    )
        throws -> Listing<WorkspaceIntegration>
    {
        var conditions = Conditions(organization, table: "workspaceIntegration")
        conditions.require("workspaceIntegration.workspaceId", workspace)
        return try list(
            WorkspaceIntegration.select,
            from: "workspaceIntegration",
            where: conditions,
            page,
            as: WorkspaceIntegration.init
        )
    }

    public func workspaceIntegration(
        _ id: WorkspaceIntegration.ID,
        in workspace: Workspace.ID,
        of organization: Organization.ID
    ) throws -> WorkspaceIntegration? {
        try first(
            """
            \(WorkspaceIntegration.select) WHERE workspaceIntegration.organizationId = ?
            AND workspaceIntegration.workspaceId = ? AND workspaceIntegration.id = ?
            """,
            organization,
            workspace,
            id,
            as: WorkspaceIntegration.init
        )
    }

    /// The first one that a workspace has for an integration, by its sort order.
    public func workspaceIntegration(
        for integration: String,
        in workspace: Workspace.ID,
        of organization: Organization.ID
    ) throws -> WorkspaceIntegration? {
        try first(
            """
            \(WorkspaceIntegration.select) WHERE workspaceIntegration.organizationId = ?
            AND workspaceIntegration.workspaceId = ? AND workspaceIntegration.integrationName = ?
            ORDER BY workspaceIntegration.sortOrder, workspaceIntegration.createdAt, workspaceIntegration.id
            """,
            organization,
            workspace,
            integration,
            as: WorkspaceIntegration.init
        )
    }

    public func insert(_ integration: WorkspaceIntegration) throws {
        try execute(
            """
            INSERT INTO workspaceIntegration (id, organizationId, workspaceId, integrationName, alias, connectionStrategy,
                authMethodKey, oauthAppMode, oauthAppId, connectionId, displayName, enabledActions, settings, sortOrder,
                createdAt, updatedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            integration.id,
            integration.organizationID,
            integration.workspaceID,
            integration.integrationName,
            integration.alias,
            integration.strategy,
            integration.authMethodKey,
            integration.oauthAppMode,
            integration.oauthAppID,
            integration.connectionID,
            integration.displayName,
            integration.enabledActions,
            integration.settings,
            integration.sortOrder,
            integration.createdAt,
            integration.updatedAt
        )
    }

    public func update(_ integration: WorkspaceIntegration) throws {
        try execute(
            """
            UPDATE workspaceIntegration SET alias = ?, connectionStrategy = ?, authMethodKey = ?, oauthAppMode = ?,
                oauthAppId = ?, connectionId = ?, displayName = ?, enabledActions = ?, settings = ?, sortOrder = ?,
                updatedAt = ?
            WHERE organizationId = ? AND id = ?
            """,
            integration.alias,
            integration.strategy,
            integration.authMethodKey,
            integration.oauthAppMode,
            integration.oauthAppID,
            integration.connectionID,
            integration.displayName,
            integration.enabledActions,
            integration.settings,
            integration.sortOrder,
            integration.updatedAt,
            integration.organizationID,
            integration.id
        )
    }

    public func deleteWorkspaceIntegration(
        _ id: WorkspaceIntegration.ID,
        in workspace: Workspace.ID,
        of organization: Organization.ID
    ) throws -> Bool {
        try execute(
            "DELETE FROM workspaceIntegration WHERE organizationId = ? AND workspaceId = ? AND id = ?",
            organization,
            workspace,
            id
        ) == 1
    }
}
