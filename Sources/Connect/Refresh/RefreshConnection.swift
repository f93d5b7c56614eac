internal import Logging
internal import OAuth
internal import Storage

extension Portal {
    /// Renews the tokens of a connection: one request for all who want it at once, in this process and in others.
    ///
    /// Where the connection has newer credentials than the caller saw, those are as good as renewed ones.
    func refresh(_ connection: Connection) async -> RefreshResult {
        await flights.result(for: connection.id) {
            do { return try await self.renew(connection) } catch {
                self.log.error(
                    "refresh not written down",
                    metadata: ["connection": "\(connection.id)", "error": "\(error)"]
                )
                return .broken
            }
        }
    }

    /// Waits for the refreshes and revocations that are under way; for the end of the program.
    public func finishErrands() async {
        await flights.land()
        await errands.finish()
    }

    /// Takes the row, or waits for who has it: what they bring is as good.
    private func renew(_ connection: Connection) async throws -> RefreshResult {
        let deadline = ContinuousClock.now + RefreshAttempt.longest
        while true {
            let (id, organization) = (connection.id, connection.organizationID)
            guard let current = try await store.read({ try $0.connection(id, of: organization) }) else { return .gone }
            guard current.credentialVersion == connection.credentialVersion else { return .live }
            guard try await !isPaused() else { return .paused }
            if let attempt = try await take(current) {
                return try await counting(connection) { try await finish(attempt) }
            }
            guard ContinuousClock.now < deadline else { return .failed(.temporary(retryAfter: nil)) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// What is needed for one attempt, with the row taken and the intent written down; nothing if somebody else has it.
    private func take(_ connection: Connection) async throws -> RefreshAttempt? {
        let (id, version, now) = (connection.id, connection.credentialVersion, now())
        let hold = Renewal.Hold(
            holder: "\(processID).\(Base64URL.encode(random(8)))",
            from: now,
            until: now + RefreshAttempt.longest
        )
        return try await store.write { transaction in
            if try transaction.renewal(of: id) == nil { try transaction.planRenewal(of: id, at: nil, now: now) }
            guard let before = try transaction.renewal(of: id),
                try transaction.takeRenewal(of: id, sending: version, hold)
            else { return nil }
            return RefreshAttempt(
                connection: connection,
                hold: hold,
                failures: before.failures,
                isSecondTry: before.sentVersion == version
            )
        }
    }

    /// Asks the provider and writes down what came of it, first of all the new tokens.
    private func finish(_ attempt: RefreshAttempt) async throws -> RefreshResult {
        let tokens: RenewedTokens
        do throws(RefreshFailure) { tokens = try await renewedTokens(attempt.connection) } catch {
            return try await note(error, of: attempt)
        }
        switch try await commitPersistently(tokens, attempt) {
        case .kept: return try await isSamePerson(tokens, attempt) ? .live : .failed(.grantEnded)
        // Connected anew in the meantime, or removed: what came too late must not live on unseen.
        case .superseded: return .live
        case .gone:
            startRevoking()
            return .gone
        }
    }

    /// What the provider gave is here alone until it is stored: while the store fails, for half a minute.
    private func commitPersistently(_ tokens: RenewedTokens, _ attempt: RefreshAttempt) async throws -> CommitResult {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do { return try await commit(tokens, attempt) } catch StorageError.unavailable(let reason) {
                guard ContinuousClock.now < deadline else { throw StorageError.unavailable(reason) }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}

/// One try to renew, of whoever holds the row.
struct RefreshAttempt: Sendable {
    let connection: Connection
    let hold: Renewal.Hold
    /// Of those before.
    let failures: Int
    /// Whether an earlier request with the same token has an unknown outcome.
    let isSecondTry: Bool

    /// Longer than any token request takes (see `OutboundRequest`), so that a row that is held longer was left behind.
    static let longest = Duration.seconds(20)
}
