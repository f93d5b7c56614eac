internal import Integrations
public import Storage
public import StrictJSON

extension Portal {
    /// Keeps credentials that the app has already as a connection.
    public func createConnection(
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<Connection> = { _, _ in }
    ) async throws -> Connection {
        let request = try ConnectionRequest(body)
        guard let integration = catalog[request.integrationName] else {
            try request.checkShape()
            throw PortalError(.integrationNotFound, "There is no integration named \(request.integrationName)")
        }
        let option: AuthOption
        do { option = try request.option(of: integration) } catch {
            try request.checkShape()
            throw error
        }
        let given = try request.credentials(for: option, integration)
        if let workspace = request.workspaceID { _ = try await reachableWorkspace(workspace, for: key) }
        try key.requireAccess(to: request.scope == .organization ? nil : request.workspaceID)
        if let id = request.oauthAppID {
            let choice = AppChoice(mode: nil, id: id, organization: key.organizationID)
            _ = try await oauthApp(for: integration, choice)
        }
        let id: Connection.ID = newID()
        let place = Connection.credentialsPlace(id, of: key.organizationID, version: 1)
        let expiry = given.lifetime.map { now() + .seconds($0) }
        let draft = ConnectionDraft(
            id: id,
            organizationID: key.organizationID,
            workspaceID: request.scope == .organization ? nil : request.workspaceID,
            endUserID: nil,
            externalID: request.externalID,
            displayName: request.displayName,
            integrationName: integration.name,
            authMethodKey: option.key,
            type: request.type,
            scope: request.scope,
            accountID: nil,
            accountLabel: nil,
            grantedScopes: given.scopes,
            credentials: try sealer.seal(given.credentials.bytes, at: place),
            credentialVersion: 1,
            oauthAppID: request.oauthAppID,
            expiresAt: expiry,
            renewalDue: renewalDue(for: given.credentials, until: expiry, option)
        )
        return try await insert(
            draft,
            entry(.connectionCreated, by: key, on: .connection(id), in: draft.workspaceID),
            endUser: newEndUser(request.endUserExternalID, in: request.workspaceID, of: key.organizationID),
            also: also
        )
    }

    private func insert(
        _ draft: ConnectionDraft,
        _ created: Activity,
        endUser: EndUser?,
        also: @escaping Also<Connection>
    ) async throws -> Connection {
        let now = now()
        let limit = quotas.connections
        do {
            return try await store.write { transaction in
                try Quotas.check(limit, of: "connections", in: draft.organizationID, transaction) {
                    try transaction.connectionCount(of: $0)
                }
                var draft = draft
                draft.endUserID = try endUser.map { try transaction.ensure($0) }
                try transaction.insert(draft, at: now)
                guard let made = try transaction.connection(draft.id, of: draft.organizationID) else {
                    throw StorageError.unavailable("the connection vanished")
                }
                try record(created, in: transaction)
                try also(transaction, made)
                return made
            }
        } catch StorageError.duplicate { throw PortalError.duplicate("externalId") }
    }

    /// The row that an external id stands for, should it be new.
    func newEndUser(_ externalID: String?, in workspace: Workspace.ID?, of organization: Organization.ID) -> EndUser? {
        guard let externalID, let workspace else { return nil }
        return EndUser(
            id: newID(),
            organizationID: organization,
            workspaceID: workspace,
            externalID: externalID,
            createdAt: now(),
            updatedAt: now()
        )
    }
}

extension Transaction {
    /// The id of an end user, who is made if they are not known yet.
    func ensure(_ user: EndUser) throws -> EndUser.ID {
        try insertIfNew(user)
        return try endUser(externalID: user.externalID, in: user.workspaceID)?.id ?? user.id
    }
}
