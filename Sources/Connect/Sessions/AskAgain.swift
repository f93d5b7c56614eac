public import Storage
internal import StrictJSON

extension Portal {
    /// What the person did not allow although the app asked for it, in a session that has completed.
    public func missingScopes(of session: ConnectSession) async throws -> [String] {
        guard session.status == .completed else { return [] }
        let events = try await store.read { try $0.events(of: session.id) }
        let completed = events.last { $0.type == SessionEventType.completed.rawValue }
        return completed?.detail["missingScopes"]?.array?.compactMap(\.string) ?? []
    }

    /// Opens a session like one that has completed, to ask the same person for the same once more.
    ///
    /// Throws `INVALID_TOKEN` where nothing is missing.
    public func askAgain(_ session: ConnectSession, ticket: BrowserTicket) async throws -> MintedSession {
        guard session.browserHash == ticket.hash, try await !missingScopes(of: session).isEmpty else {
            throw PortalError(.invalidToken, "Nothing is left to ask for")
        }
        let request = try MintRequest(
            [
                "integrationName": .string(session.integrationName),
                "connectionName": .string(session.connectionName),
                "externalId": .string(session.externalID),
                "workspaceId": .string(session.workspaceID.rawValue),
                "workspaceIntegrationId": JSON(session.workspaceIntegrationID),
                "authMethodKey": JSON(session.authMethodKey),
                "oauthAppMode": JSON(session.oauthAppMode),
                "oauthAppId": JSON(session.oauthAppID),
                "endUserId": JSON(session.endUserExternalID),
                "scope": .string(session.scope.rawValue),
                "successRedirectUri": JSON(session.successRedirectURI),
                "errorRedirectUri": JSON(session.errorRedirectURI),
                "allowedOrigins": JSON(session.allowedOrigins),
                "scopes": session.scopes.map { JSON($0) } ?? .null,
                "locale": JSON(session.locale),
                "metadata": session.metadata,
                "confirm": session.needsConfirmation ? "app" : .null,
                "expiresIn": 3600,
            ],
            now: now()
        )
        return try await mint(request, of: session.organizationID, by: .endUser(session.endUserExternalID))
    }
}
