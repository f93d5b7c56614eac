internal import Integrations
public import Storage
public import StrictJSON

/// A new connect session and the link that leads to it.
public struct MintedSession: Sendable {
    public let session: ConnectSession
    public let token: String
    public let connectURL: String
}

extension Portal {
    /// Opens a connect session for one of the app's users.
    ///
    /// Everything that can be wrong is found here, before a person is sent anywhere: unknown integration or workspace,
    /// no usable OAuth app, an external id that belongs to somebody else. Throws `PortalError`.
    public func mintSession(
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<MintedSession> = { _, _ in }
    ) async throws -> MintedSession {
        var request = try MintRequest(body, now: now())
        guard let integration = catalog[request.integrationName] else {
            throw PortalError(.integrationNotFound, "There is no integration named \(request.integrationName)")
        }
        _ = try await reachableWorkspace(request.workspaceID, for: key)
        try key.requireAccess(to: request.scope == .organization ? nil : request.workspaceID)
        let entry = try await entry(for: &request, key)
        try await checkMethods(of: integration, for: request, organization: key.organizationID)
        let reconnect = try await existingConnection(for: request, organization: key.organizationID)
        let session = ConnectSession(
            id: newID(),
            organizationID: key.organizationID,
            workspaceID: request.workspaceID,
            workspaceIntegrationID: entry?.id.rawValue,
            integrationName: integration.name,
            authMethodKey: request.authMethodKey,
            oauthAppMode: request.oauthAppMode?.rawValue,
            oauthAppID: request.oauthAppID,
            connectionName: request.connectionName,
            externalID: request.externalID,
            endUserExternalID: request.endUserExternalID,
            scope: request.scope,
            successRedirectURI: request.successRedirectURI,
            errorRedirectURI: request.errorRedirectURI,
            allowedOrigins: request.allowedOrigins,
            scopes: request.scopes,
            locale: request.locale,
            metadata: request.metadata,
            reconnectID: reconnect?.id,
            createdAt: now(),
            expiresAt: request.expiresAt
        )
        let created = event(.created, of: session)
        let token = try await tokens.sign(session)
        let minted = MintedSession(session: session, token: token, connectURL: link("/connect?token=\(token)"))
        try await store.write { transaction in
            try transaction.insert(session)
            try transaction.insert(created)
            try also(transaction, minted)
        }
        return minted
    }

    /// The workspace integration that the app named, which lends its method and OAuth app where the app did not.
    private func entry(for request: inout MintRequest, _ key: APIKey) async throws -> WorkspaceIntegration? {
        guard let id = request.workspaceIntegrationID else { return nil }
        let entry = try await workspaceIntegration(id, in: request.workspaceID, for: key)
        guard entry.integrationName == request.integrationName else {
            throw PortalError.validation([("workspaceIntegrationId", "is for another integration")])
        }
        request.authMethodKey = request.authMethodKey ?? entry.authMethodKey
        if request.oauthAppMode == nil, request.oauthAppID == nil {
            request.oauthAppMode = entry.oauthAppMode.flatMap(MintRequest.AppMode.init)
            request.oauthAppID = entry.oauthAppID
        }
        return entry
    }

    /// At least one way of connecting must be open: the one that was asked for, or any.
    private func checkMethods(
        of integration: Integration,
        for request: MintRequest,
        organization: Organization.ID
    ) async throws {
        if let key = request.authMethodKey, integration.option(key) == nil {
            let keys = integration.auth.map(\.key).joined(separator: ", ")
            throw PortalError.validation([("authMethodKey", "must be one of \(keys)")])
        }
        let choice = AppChoice(mode: request.oauthAppMode, id: request.oauthAppID, organization: organization)
        let wanted = request.authMethodKey.map { key in integration.auth.filter { $0.key == key } } ?? integration.auth
        if choice.id == nil, wanted.contains(where: { $0.oauth == nil }) { return }
        if try await oauthApp(for: integration, choice) == nil, wanted.allSatisfy({ $0.oauth != nil }) {
            throw PortalError(
                .noOAuthApp,
                "No OAuth app is configured for \(integration.displayName)",
                details: ["integrationName": .string(integration.name), "redirectUri": .string(redirectURI)]
            )
        }
    }

    /// The connection that this one replaces: same external id, same owner.
    ///
    /// Another owner's is a conflict.
    private func existingConnection(
        for request: MintRequest,
        organization: Organization.ID
    ) async throws -> Connection? {
        let workspace = request.scope == .organization ? nil : request.workspaceID
        let found = try await store.read { transaction in
            try transaction.connection(
                externalID: request.externalID,
                integration: request.integrationName,
                workspace: workspace,
                of: organization
            )
        }
        guard let found else { return nil }
        guard found.scope == request.scope, found.endUserExternalID == request.endUserExternalID else {
            throw PortalError(.duplicate, "A connection with this externalId belongs to another owner")
        }
        return found
    }
}
