internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    enum CommitResult { case kept, superseded, gone }

    /// New tokens, their expiry and the plan for the next time, in one transaction; or, if the connection has others by
    /// now or is gone, the new tokens for the provider to end.
    func commit(_ tokens: RenewedTokens, _ attempt: RefreshAttempt) async throws -> CommitResult {
        let connection = attempt.connection
        let (id, organization, version) = (connection.id, connection.organizationID, connection.credentialVersion + 1)
        let expiry = tokens.lifetime.map { attempt.hold.from + .seconds($0) }
        let grant = Credentials.oauth2(tokens.renewed)
        let place = Connection.credentialsPlace(id, of: organization, version: version)
        let renewed = RenewedCredentials(
            credentials: try sealer.seal(grant.bytes, at: place),
            version: version,
            grantedScopes: tokens.response.scopes ?? connection.grantedScopes,
            expiresAt: expiry
        )
        let due = renewalDue(
            for: grant,
            until: expiry,
            tokens.integration.option(connection.authMethodKey)
        )
        let recovered = connection.status == .error ? self.turn(.recovered, of: connection) : nil
        let now = now()
        let late = Revocation(of: connection, credentials: renewed.credentials, version: version, at: now)
        return try await store.write { transaction in
            if try transaction.renew(id, of: organization, with: renewed, at: now) {
                try transaction.planRenewal(of: id, at: due, now: now)
                if let recovered { try record(recovered, in: transaction) }
                return .kept
            }
            // Where a reconnect took the version, the provider's tokens of both may be one grant: they are left alone.
            guard try transaction.connection(id, of: organization) == nil else { return .superseded }
            try transaction.insert(late)
            return .gone
        }
    }

    /// Why it did not work, what that means for the connection, and when it is tried again.
    func note(_ failure: RefreshFailure, of attempt: RefreshAttempt) async throws -> RefreshResult {
        let connection = attempt.connection
        let failures = attempt.failures + 1
        let due = retryTime(after: failure.kind, failures, of: connection)
        let reason = reason(for: failure.kind, of: attempt)
        let detail: JSON.Object = ["error": .string(failure.word)]
        let turn = reason.map { self.turn(ConnectionEventType($0), of: connection, detail) }
        let now = now()
        try await store.write { transaction in
            let isOurs = try transaction.returnRenewal(
                of: connection.id,
                from: attempt.hold.holder,
                failures: failures,
                error: failure.word,
                due: due,
                isUnknown: failure.leavesOutcomeUnknown(after: attempt)
            )
            guard isOurs, let reason, let turn else { return }
            if try transaction.flag(connection, as: reason, at: now) { try record(turn, in: transaction) }
        }
        log.log(
            level: failure.kind == .appRefused ? .error : .notice,
            "refresh failed",
            metadata: [
                "connection": "\(connection.id)", "integration": "\(connection.integrationName)",
                "error": "\(failure.word)", "reason": "\(reason?.rawValue ?? "none")",
                "next": "\(due.map(\.description) ?? "never")",
            ]
        )
        return .failed(failure.kind)
    }

    /// Nothing as long as the access token lives: it is served until it ends.
    private func reason(for failure: RefreshFailure.Kind, of attempt: RefreshAttempt) -> Connection.Reason? {
        let isExpired = attempt.connection.expiresAt.map { $0 <= now() } ?? false
        switch failure {
        case .grantEnded: return attempt.isSecondTry ? .refreshOutcomeUnknown : .reauthorizationRequired
        case .notRenewable: return isExpired ? .expired : nil
        case .appRefused: return isExpired ? .oauthAppRejected : nil
        case .temporary, .outcomeUnknown: return isExpired ? .refreshFailing : nil
        }
    }

    private func retryTime(
        after failure: RefreshFailure.Kind,
        _ failures: Int,
        of connection: Connection
    ) -> Instant? {
        switch failure {
        case .grantEnded: nil
        // Looked at once more when it ends, to say so.
        case .notRenewable: connection.expiresAt.flatMap { $0 > now() ? $0 : nil }
        case .temporary(let asked): renewalPlan().retry(after: failures, asked: asked)
        case .appRefused: renewalPlan().retry(after: failures + 3, asked: nil)
        // The old token is tried once more, soon, while a provider's grace for lost answers may last.
        case .outcomeUnknown:
            failures == 1 ? now() + .seconds(5) : renewalPlan().retry(after: failures, asked: nil)
        }
    }
}

extension RefreshFailure {
    /// Whether the provider may have replaced the tokens: by this request, or by an earlier one of which this tells nothing.
    fileprivate func leavesOutcomeUnknown(after attempt: RefreshAttempt) -> Bool {
        switch kind {
        case .outcomeUnknown: true
        case .grantEnded, .notRenewable: false
        case .temporary, .appRefused: attempt.isSecondTry
        }
    }
}
