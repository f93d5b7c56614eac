internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    /// Makes the connection of a successful exchange and ends its session, in one transaction.
    func save(
        _ response: TokenResponse,
        _ context: AuthorizationContext,
        from provider: OAuthProvider,
        kept: [String: String],
        _ option: AuthOption,
        _ integration: Integration,
        _ session: ConnectSession
    ) async throws(ConnectFailure) {
        var data = response.data
        for (name, value) in kept { data[name] = .string(value) }
        let grant = OAuthGrant(
            accessToken: response.accessToken,
            tokenType: response.tokenType,
            refreshToken: response.refreshToken,
            data: data,
            inputs: context.inputs,
            tokenURL: context.tokenURL,
            clientID: context.client.id,
            isPlatformApp: context.isPlatformApp
        )
        var values = context.inputs
        values["accessToken"] = response.accessToken.reveal()
        let missing = provider.missing(of: context.scopes, granted: response.scopes)
        let lifetime = response.expiresIn ?? option.oauth?.assumedLifetime
        try await save(
            NewConnection(
                credentials: .oauth2(grant),
                type: context.isPlatformApp ? .platformOAuth2 : .oauth2,
                methodKey: option.key,
                account: await account(with: values, option, of: session),
                grantedScopes: response.scopes ?? context.scopes,
                missingScopes: missing,
                appID: context.appID,
                expiresAt: lifetime.map { now() + .seconds($0) }
            ),
            for: session,
            integration
        )
    }

    /// Writes a connection, new or in the place of the one that the session reconnects, and completes the session.
    ///
    /// If the session has ended in the meantime nothing is written.
    func save(
        _ new: NewConnection,
        for session: ConnectSession,
        _ integration: Integration
    ) async throws(ConnectFailure) {
        do {
            let existing = try await connectionToReplace(session)
            let endUser = newEndUser(session.endUserExternalID, in: session.workspaceID, of: session.organizationID)
            let draft = try draft(new, for: session, replacing: existing)
            var detail: JSON.Object = ["connectionId": .string(draft.id.rawValue)]
            if !new.missingScopes.isEmpty { detail["missingScopes"] = JSON(new.missingScopes) }
            let completed = event(.completed, of: session, detail)
            let now = now()
            try await store.write { transaction in
                guard try transaction.complete(session.id, with: draft.id, at: now) else { throw SessionEnded() }
                if let existing {
                    guard try transaction.reconnect(draft, replacing: existing.credentialVersion, at: now) else {
                        throw StorageError.duplicate
                    }
                } else {
                    var draft = draft
                    draft.endUserID = try endUser.map { try transaction.ensure($0) }
                    try transaction.insert(draft, at: now)
                }
                try transaction.insert(completed)
            }
        } catch is SessionEnded {
            return
        } catch StorageError.duplicate {
            throw ConnectFailure(.conflict, integration.displayName)
        } catch {
            log.error("connection not saved", metadata: ["session": "\(session.id)", "error": "\(error)"])
            throw ConnectFailure(.notSaved, integration.displayName)
        }
    }

    /// What the session reconnects, or what another session made of the same external id since.
    private func connectionToReplace(_ session: ConnectSession) async throws -> Connection? {
        try await store.read { transaction in
            try transaction.connection(
                externalID: session.externalID,
                integration: session.integrationName,
                workspace: session.scope == .organization ? nil : session.workspaceID,
                of: session.organizationID
            )
        }
    }

    private func draft(
        _ new: NewConnection,
        for session: ConnectSession,
        replacing existing: Connection?
    ) throws -> ConnectionDraft {
        if let existing {
            let isSameOwner = existing.scope == session.scope && existing.endUserExternalID == session.endUserExternalID
            guard isSameOwner else { throw StorageError.duplicate }
        }
        let id = existing?.id ?? newID()
        let version = (existing?.credentialVersion ?? 0) + 1
        let place = Connection.credentialsPlace(id, of: session.organizationID, version: version)
        return ConnectionDraft(
            id: id,
            organizationID: session.organizationID,
            workspaceID: session.scope == .organization ? nil : session.workspaceID,
            endUserID: nil,
            externalID: session.externalID,
            displayName: session.connectionName,
            integrationName: session.integrationName,
            authMethodKey: new.methodKey,
            type: new.type,
            scope: session.scope,
            accountID: new.account?.id,
            accountLabel: new.account?.label,
            grantedScopes: new.grantedScopes,
            credentials: try sealer.seal(new.credentials.bytes, at: place),
            credentialVersion: version,
            oauthAppID: new.appID,
            expiresAt: new.expiresAt
        )
    }
}

/// What a successful connect found out.
struct NewConnection {
    var credentials: Credentials
    var type: Connection.Kind
    var methodKey: String
    var account: Account?
    var grantedScopes: [String] = []
    /// Asked for and not given.
    var missingScopes: [String] = []
    var appID: String?
    var expiresAt: Instant?
}

private struct SessionEnded: Error {}
