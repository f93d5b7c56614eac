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
    public func mintSession(_ body: JSON, for key: APIKey) async throws -> MintedSession {
        let request = try MintRequest(body, now: now())
        guard let integration = catalog[request.integrationName] else {
            throw PortalError(.integrationNotFound, "There is no integration named \(request.integrationName)")
        }
        guard try await store.read({ try $0.workspace(request.workspaceID, of: key.organizationID) }) != nil else {
            throw PortalError(.notFound, "Workspace not found")
        }
        try await checkMethods(of: integration, for: request, organization: key.organizationID)
        let reconnect = try await existingConnection(for: request, organization: key.organizationID)
        let session = ConnectSession(
            id: newID(),
            organizationID: key.organizationID,
            workspaceID: request.workspaceID,
            workspaceIntegrationID: nil,
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
        try await store.write { transaction in
            try transaction.insert(session)
            try transaction.insert(created)
        }
        let token = try await tokens.sign(session)
        return MintedSession(session: session, token: token, connectURL: link("/connect?token=\(token)"))
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
