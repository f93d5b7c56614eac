internal import Integrations
public import Storage
public import StrictJSON

/// What an app knows when it needs a connection.
struct ResolveRequest {
    let integrationName: String
    let workspaceID: Workspace.ID?
    let externalID: String?
    let endUserExternalID: String?
    let authMethodKey: String?

    init(_ body: JSON) throws(PortalError) {
        var input = try Input(body)
        integrationName = input.text("integrationName", limit: 63)
        workspaceID = input.optionalID("workspaceId")
        externalID = input.optionalText("externalId")
        endUserExternalID = input.optionalText("endUserId")
        authMethodKey = input.optionalText("authMethodKey", limit: 63)
        try input.finish()
    }
}

extension Portal {
    /// The connection to work with; never another owner's.
    ///
    /// Throws `CONNECTION_NOT_FOUND` or `SCOPE_DENIED`.
    public func resolveConnection(_ body: JSON, for key: APIKey) async throws -> Connection {
        let request = try ResolveRequest(body)
        // A key for one workspace need not name it; without one only the organization's own connections count.
        let only = key.limitedTo.flatMap { $0.count == 1 ? $0.first : nil }
        let workspace = request.workspaceID ?? only
        try key.requireAccess(to: workspace)
        let resolution = Resolution(
            request: request,
            workspace: workspace,
            organization: key.organizationID,
            reach: key.limitedTo
        )
        let found = try await store.read { try resolution.connection(in: $0) }
        guard let found else { throw try await notFound(request, in: workspace, of: key.organizationID) }
        try key.requireAccess(to: found.workspaceID)
        return found
    }
}

extension Portal {
    /// For an end user the refusal brings a link with which they can connect what is missing.
    private func notFound(
        _ request: ResolveRequest,
        in workspace: Workspace.ID?,
        of organization: Organization.ID
    ) async throws -> PortalError {
        var details: JSON.Object = [:]
        if let user = request.endUserExternalID, let workspace, catalog[request.integrationName] != nil {
            var scope = PortalScope(organization: organization, workspace: workspace, endUser: user)
            scope.integrationName = request.integrationName
            details["connectUrl"] = .string(try await portalLink(for: scope).connectURL)
        }
        return PortalError(.connectionNotFound, "There is no such connection", details: details)
    }
}

/// The rules by which a connection is found, first that applies.
private struct Resolution {
    let request: ResolveRequest
    let workspace: Workspace.ID?
    let organization: Organization.ID
    /// The workspaces that the key is limited to.
    let reach: [Workspace.ID]?

    func connection(in transaction: Transaction) throws -> Connection? {
        if let externalID = request.externalID, let found = try named(externalID, at: workspace, in: transaction) {
            return found
        }
        // Whoever has a connection is there.
        if let workspace { try transaction.requireWorkspace(workspace, of: organization) }
        if let externalID = request.externalID { return try organizationsOwn(externalID, in: transaction) }
        if let user = request.endUserExternalID { return try ofUser(user, in: transaction) }
        let entry = try entry(in: transaction)
        if let entry, entry.strategy == .fixed { return try given(entry, in: transaction) }
        return try shared(in: transaction)
    }

    /// The one of that name in a workspace, or with none the organization's own.
    private func named(
        _ externalID: String,
        at workspace: Workspace.ID?,
        in transaction: Transaction
    ) throws -> Connection? {
        let found = try transaction.connection(
            externalID: externalID,
            integration: request.integrationName,
            workspace: workspace,
            of: organization
        )
        guard let found else { return nil }
        if found.scope == .user, found.endUserExternalID != request.endUserExternalID {
            throw PortalError(.scopeDenied, "The connection belongs to another end user")
        }
        return request.authMethodKey.map { $0 == found.authMethodKey } ?? true ? found : nil
    }

    private func organizationsOwn(_ externalID: String, in transaction: Transaction) throws -> Connection? {
        if workspace != nil, let own = try named(externalID, at: nil, in: transaction) { return own }
        guard try reach != nil || !isElsewhere(externalID, in: transaction) else {
            throw PortalError(.scopeDenied, "The connection belongs to another workspace")
        }
        return nil
    }

    /// Whether the name is taken in a workspace that was not asked for; a limited key is not told.
    private func isElsewhere(_ externalID: String, in transaction: Transaction) throws -> Bool {
        var filter = ConnectionFilter()
        filter.integrationName = request.integrationName
        filter.externalID = externalID
        return try transaction.connections(of: organization, filter, ListPage(limit: 100)).rows.contains {
            request.authMethodKey == nil || $0.authMethodKey == request.authMethodKey
        }
    }

    /// The user's own, else what the workspace's strategy gives everybody.
    private func ofUser(_ externalID: String, in transaction: Transaction) throws -> Connection? {
        guard let workspace else { return try shared(in: transaction) }
        if let user = try transaction.endUser(externalID: externalID, in: workspace) {
            let own = try transaction.newestConnection(
                of: user.id,
                integration: request.integrationName,
                authMethodKey: request.authMethodKey,
                of: organization
            )
            if let own { return own }
        }
        guard let entry = try entry(in: transaction) else { return try shared(in: transaction) }
        return entry.strategy == .perUser ? nil : try given(entry, in: transaction)
    }

    private func entry(in transaction: Transaction) throws -> WorkspaceIntegration? {
        try workspace.flatMap {
            try transaction.workspaceIntegration(for: request.integrationName, in: $0, of: organization)
        }
    }

    private func given(_ entry: WorkspaceIntegration, in transaction: Transaction) throws -> Connection? {
        try entry.connectionID.flatMap { try transaction.connection($0, of: organization) }
    }

    /// The workspace's, else the organization's own.
    private func shared(in transaction: Transaction) throws -> Connection? {
        for workspace in workspace == nil ? [nil] : [workspace, nil] {
            let found = try transaction.newestSharedConnection(
                in: workspace,
                integration: request.integrationName,
                authMethodKey: request.authMethodKey,
                of: organization
            )
            if let found { return found }
        }
        return nil
    }
}
