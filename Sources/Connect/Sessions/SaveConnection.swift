internal import Crypto
internal import Foundation
internal import Integrations
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    /// Writes a connection, new or in the place of another, and completes the session, in one transaction.
    ///
    /// Throws `SessionEnded` where somebody else ended the session or decided about what was held.
    func save(
        _ found: FoundConnection,
        for session: ConnectSession,
        replacing existing: Connection?,
        decidedBy held: HeldConnection?
    ) async throws {
        let endUser = newEndUser(session.endUserExternalID, in: session.workspaceID, of: session.organizationID)
        let draft = try draft(found, for: session, replacing: existing)
        var detail: JSON.Object = ["connectionId": .string(draft.id.rawValue)]
        if !found.missingScopes.isEmpty { detail["missingScopes"] = JSON(found.missingScopes) }
        if found.isAdditional { detail["externalId"] = .string(draft.externalID) }
        let completed = turn(.completed, of: session, detail)
        let now = now()
        let person = Activity.Party.endUser(session.endUserExternalID)
        let origin: JSON.Object = ["sessionId": .string(session.id.rawValue)]
        let reconnected = existing.map { turn(.reconnected, of: $0, by: person, origin) }
        let created = entry(
            .connectionCreated,
            by: person,
            on: .connection(draft.id),
            of: draft.organizationID,
            in: draft.workspaceID,
            .success,
            origin
        )
        try await store.write { transaction in
            if let held {
                guard try transaction.release(held) else { throw SessionEnded() }
            }
            guard try transaction.complete(session.id, with: draft.id, at: now) else { throw SessionEnded() }
            if let existing, let reconnected {
                guard try transaction.reconnect(draft, replacing: existing.credentialVersion, at: now) else {
                    throw StorageError.duplicate
                }
                try record(reconnected, in: transaction)
            } else {
                var draft = draft
                draft.endUserID = try endUser.map { try transaction.ensure($0) }
                try transaction.insert(draft, at: now)
                try record(created, in: transaction)
            }
            try record(completed, in: transaction)
        }
        observe(.sessionCompleted)
    }

    /// What the session reconnects, or what another session made of the same external id since.
    func connectionToReplace(_ session: ConnectSession, _ found: FoundConnection) async throws -> Connection? {
        try await store.read { transaction in
            try transaction.connection(
                externalID: session.externalID(for: found),
                integration: session.integrationName,
                workspace: session.scope == .organization ? nil : session.workspaceID,
                of: session.organizationID
            )
        }
    }

    private func draft(
        _ found: FoundConnection,
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
            externalID: session.externalID(for: found),
            displayName: session.connectionName,
            integrationName: session.integrationName,
            authMethodKey: found.methodKey,
            type: found.type,
            scope: session.scope,
            accountID: found.account?.id,
            accountLabel: found.account?.label,
            grantedScopes: found.grantedScopes,
            credentials: try sealer.seal(found.credentials.bytes, at: place),
            credentialVersion: version,
            oauthAppID: found.appID,
            expiresAt: found.expiresAt,
            renewalDue: renewalDue(
                for: found.credentials,
                until: found.expiresAt,
                catalog[session.integrationName]?.option(found.methodKey)
            )
        )
    }
}

extension ConnectSession {
    /// The external id of the connection; an additional account has one of its own, the same each time.
    fileprivate func externalID(for found: FoundConnection) -> String {
        guard found.isAdditional, let account = found.account else { return externalID }
        let digest = SHA256.hash(data: Data(account.id.utf8)).prefix(6)
        return "\(externalID)-\(Base64URL.encode(Array(digest)))"
    }
}
