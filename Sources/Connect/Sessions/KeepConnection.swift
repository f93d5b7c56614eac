internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    /// What an exchange found: the grant, and whose it is.
    func find(
        _ response: TokenResponse,
        _ context: AuthorizationContext,
        from provider: OAuthProvider,
        kept: [String: String],
        _ option: AuthOption,
        of session: ConnectSession
    ) async -> FoundConnection {
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
        let lifetime = response.expiresIn ?? option.oauth?.assumedLifetime
        return FoundConnection(
            credentials: .oauth2(grant),
            type: context.isPlatformApp ? .platformOAuth2 : .oauth2,
            methodKey: option.key,
            account: await account(with: values, option, of: session),
            grantedScopes: response.scopes ?? context.scopes,
            missingScopes: provider.missing(of: context.scopes, granted: response.scopes),
            appID: context.appID,
            expiresAt: lifetime.map { now() + .seconds($0) }
        )
    }

    /// Makes a connection of what was found, or holds it: for the person, where it is another account than before, and
    /// for the app, where that has to confirm.
    ///
    /// If the session has ended in the meantime nothing is written.
    func keep(
        _ found: FoundConnection,
        for session: ConnectSession,
        _ integration: Integration,
        decidedBy held: HeldConnection? = nil
    ) async throws(ConnectFailure) {
        do {
            let existing = try await connectionToReplace(session, found)
            if held == nil, let expected = existing?.accountID, let account = found.account, account.id != expected {
                try await hold(found, for: .person, of: session, insteadOf: existing)
            } else if session.needsConfirmation, session.awaiting != .app {
                try await hold(found, for: .app, of: session)
            } else {
                try await save(found, for: session, replacing: existing, decidedBy: held)
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

    private func hold(
        _ found: FoundConnection,
        for decider: ConnectSession.Decider,
        of session: ConnectSession,
        insteadOf existing: Connection? = nil
    ) async throws {
        let patience: Duration = decider == .app ? .seconds(120) : .seconds(600)
        let held = HeldConnection(
            sessionID: session.id,
            organizationID: session.organizationID,
            found: try sealer.seal(
                found.bytes,
                at: HeldConnection.foundPlace(session.id, of: session.organizationID)
            ),
            accountLabel: found.account?.label,
            expiresAt: min(now() + patience, session.expiresAt),
            createdAt: now()
        )
        let event =
            switch decider {
            case .app: event(.confirmationAwaited, of: session)
            case .person:
                event(
                    .accountDiffers,
                    of: session,
                    ["expected": JSON(existing?.accountLabel), "found": JSON(found.account?.label)]
                )
            }
        try await store.write { transaction in
            guard try transaction.hold(held, for: decider) else { throw SessionEnded() }
            try transaction.insert(event)
        }
    }
}

/// The session came to its end by other means.
struct SessionEnded: Error {}
