internal import Foundation
internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Job {
    /// Ends at their providers the grants of connections that were removed.
    public static let revokeRemoved = Job(name: "revokeRemoved", period: .seconds(5)) { try await $0.revokeRemoved() }
}

extension Portal {
    /// Removes connections with what owns them, in the same transaction; their grants stay, sealed, until the provider
    /// has ended them.
    func keepForRevocation(
        _ owner: ConnectionOwner,
        of organization: Organization.ID,
        _ transaction: Transaction
    ) throws {
        try transaction.keepForRevocation(owner, of: organization, at: now()) { integration, method in
            catalog[integration]?.option(method)?.issuer?.hasRevocation ?? false
        }
    }

    /// What was found and is not kept, for its provider to end; nothing where there is no way.
    ///
    /// Nobody vouched for this sign-in: it ends whatever else is of the account, unless that is to be spared.
    func revocation(
        of found: FoundConnection,
        _ session: ConnectSession,
        sparing account: Account? = nil
    ) throws -> Revocation? {
        guard case .oauth2 = found.credentials,
            catalog[session.integrationName]?.option(found.methodKey)?.issuer?.hasRevocation == true
        else { return nil }
        let id: Connection.ID = newID()
        let place = Connection.credentialsPlace(id, of: session.organizationID, version: 0)
        return Revocation(
            connectionID: id,
            credentialVersion: 0,
            organizationID: session.organizationID,
            integrationName: session.integrationName,
            authMethodKey: found.methodKey,
            oauthAppID: found.appID,
            accountID: account?.id,
            credentials: try sealer.seal(found.credentials.bytes, at: place),
            createdAt: now()
        )
    }

    /// Asks the providers now, and goes on without the answer.
    func startRevoking() {
        errands.start {
            do {
                try await store.forgetDeleted()
                try await revokeRemoved()
            } catch {
                log.notice("revocation postponed", metadata: ["error": "\(error)"])
            }
        }
    }

    func revokeRemoved() async throws {
        while try await !isPaused(), !errands.isEnding {
            let now = now()
            let due = try await store.read { try $0.dueRevocations(at: now, limit: 32) }
            guard !due.isEmpty else { return }
            try await withThrowingDiscardingTaskGroup { group in
                for revocation in due { group.addTask { try await revoke(revocation) } }
            }
            try await store.forgetDeleted()
        }
    }

    /// Tries once to end a grant that waits for it, unless somebody else is at it.
    func revoke(_ revocation: Revocation) async throws {
        let now = now()
        let failures = revocation.failures + 1
        let next = renewalPlan().retry(after: failures, asked: nil)
        let isOurs = try await store.write { transaction in
            try transaction.postpone(revocation, from: now, to: next, failures: failures)
        }
        guard isOurs else { return }
        let isConnected = try await store.read { try $0.isAccountConnected(revocation) }
        let isOver = revocation.createdAt + Self.longestRevocation < now
        if !isConnected, !isOver {
            if case .again(let asked) = await outcome(of: revocation) {
                guard let asked else { return }
                let then = renewalPlan().retry(after: failures, asked: asked)
                _ = try await store.write { try $0.postpone(revocation, from: next, to: then, failures: failures) }
                return
            }
        }
        if isOver {
            log.warning(
                "a grant could not be ended at its provider in a day",
                metadata: ["integration": "\(revocation.integrationName)", "connection": "\(revocation.connectionID)"]
            )
        }
        let ended = entry(
            .grantEnded,
            by: .portal,
            on: .connection(revocation.connectionID),
            of: revocation.organizationID,
            isOver ? .failure : .success,
            ["integrationName": .string(revocation.integrationName)]
        )
        try await store.write { transaction in
            try transaction.delete(revocation)
            if !isConnected || isOver { try record(ended, in: transaction) }
        }
    }

    private func outcome(of revocation: Revocation) async -> RevocationOutcome {
        do {
            guard let integration = catalog[revocation.integrationName],
                let oauth = integration.option(revocation.authMethodKey)?.issuer
            else { return .done }
            let grant = try openGrant(
                revocation.credentials,
                of: revocation.connectionID,
                revocation.organizationID,
                version: revocation.credentialVersion
            )
            let issuedTo = try await client(
                of: grant,
                integration,
                oauth,
                appID: revocation.oauthAppID,
                of: revocation.organizationID
            )
            // Without the app there is nobody as whom to ask.
            guard let issuedTo else { return .done }
            return await revoke(grant, oauth, integration, issuedTo)
        } catch {
            log.warning("a grant cannot be opened to be ended", metadata: ["error": "\(error)"])
            return .done
        }
    }

    private static let longestRevocation = Duration.seconds(86400)
}
