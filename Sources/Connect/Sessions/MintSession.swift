internal import Integrations
public import Secrecy
public import Storage
public import StrictJSON

/// A new connect session and the link that leads to it.
public struct MintedSession: Sendable, Concealed {
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
        let request = try MintRequest(body, now: now())
        guard catalog[request.integrationName] != nil else { throw Self.unknownIntegration(request.integrationName) }
        _ = try await reachableWorkspace(request.workspaceID, for: key)
        try key.requireAccess(to: request.scope == .organization ? nil : request.workspaceID)
        return try await mint(request, of: key.organizationID, by: .key(key), also: also)
    }

    /// The same, for whoever has been let in by other means than an API key.
    func mint(
        _ request: MintRequest,
        of organization: Organization.ID,
        by actor: Activity.Party,
        also: @escaping Also<MintedSession> = { _, _ in }
    ) async throws -> MintedSession {
        var request = request
        guard let integration = catalog[request.integrationName] else {
            throw Self.unknownIntegration(request.integrationName)
        }
        let entry = try await entry(for: &request, of: organization)
        try await checkMethods(of: integration, for: request, organization: organization)
        let reconnect = try await existingConnection(for: request, organization: organization)
        let session = ConnectSession(
            id: newID(),
            organizationID: organization,
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
            needsConfirmation: request.needsConfirmation,
            createdAt: now(),
            expiresAt: request.expiresAt
        )
        let created = turn(.created, of: session, by: actor)
        let claims = SignedTokens.Claims(
            jti: session.id.rawValue,
            org: session.organizationID.rawValue,
            iat: session.createdAt.seconds,
            exp: session.expiresAt.seconds
        )
        let token = tokens.sign(claims, as: .connect)
        let minted = MintedSession(session: session, token: token, connectURL: link("/connect?token=\(token)"))
        try await store.write { [quotas] transaction in
            try quotas.check(session, at: session.createdAt, transaction)
            try transaction.insert(session)
            try record(created, in: transaction)
            try also(transaction, minted)
        }
        observe(.sessionCreated)
        return minted
    }

    static func unknownIntegration(_ name: String) -> PortalError {
        PortalError(.integrationNotFound, "There is no integration named \(name)")
    }

    /// The workspace integration that the app named, which lends its method and OAuth app where the app did not.
    private func entry(
        for request: inout MintRequest,
        of organization: Organization.ID
    ) async throws -> WorkspaceIntegration? {
        guard let id = request.workspaceIntegrationID else { return nil }
        let workspace = request.workspaceID
        guard let entry = try await store.read({ try $0.workspaceIntegration(id, in: workspace, of: organization) })
        else {
            throw PortalError(.notFound, "Workspace integration not found")
        }
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
