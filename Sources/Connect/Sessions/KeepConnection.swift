internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    /// Makes a connection of what was found, or holds it: for the person, who has to pick a site or has come back with
    /// another account than before, and for the app, where that has to confirm.
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
            let found = found.choosing(asIn: existing)
            if found.hidesAccount(of: existing, integration) {
                throw ConnectFailure(.providerUnavailable, integration.displayName, detail: ["fault": "account"])
            }
            if let question = found.question(insteadOf: existing) {
                try await hold(found, for: .person, of: session, as: question.type, question.detail)
            } else if session.needsConfirmation, session.awaiting != .app {
                try await hold(found, for: .app, of: session, as: .confirmationAwaited)
            } else {
                try await save(found, for: session, replacing: existing, decidedBy: held)
            }
        } catch {
            // What is held stays so, for whoever decides next or for its end.
            if held == nil { await giveBack(found, of: session, isOrphan: error is SessionEnded) }
            if error is SessionEnded { return }
            throw failure(error, session, integration)
        }
    }

    private func failure(_ error: any Error, _ session: ConnectSession, _ integration: Integration) -> ConnectFailure {
        switch error {
        case let failure as ConnectFailure: return failure
        case StorageError.duplicate: return ConnectFailure(.conflict, integration.displayName)
        default:
            log.error("connection not saved", metadata: ["session": "\(session.id)", "error": "\(error)"])
            return ConnectFailure(.notSaved, integration.displayName)
        }
    }

    private func hold(
        _ found: FoundConnection,
        for decider: ConnectSession.Decider,
        of session: ConnectSession,
        as type: SessionEventType,
        _ detail: JSON.Object = [:]
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
        let turn = turn(type, of: session, detail)
        try await store.write { transaction in
            guard try transaction.hold(held, for: decider) else { throw SessionEnded() }
            try record(turn, in: transaction)
        }
    }
}

extension FoundConnection {
    /// What the person has to say before this can be kept, as its event.
    fileprivate func question(insteadOf existing: Connection?) -> (type: SessionEventType, detail: JSON.Object)? {
        if !choices.isEmpty { return (.choiceAwaited, ["choices": JSON(choices.count)]) }
        guard !isDecided, let expected = existing?.accountID, let account, account.id != expected else { return nil }
        return (.accountDiffers, ["expected": JSON(existing?.accountLabel), "found": .string(account.label)])
    }

    /// Whether the provider, which told whose the connection was, did not do so this time: it may be somebody else.
    fileprivate func hidesAccount(of existing: Connection?, _ integration: Integration) -> Bool {
        existing?.accountID != nil && account == nil && choices.isEmpty && !isDecided
            && integration.option(methodKey)?.account != nil
    }
}

/// The session came to its end by other means.
struct SessionEnded: Error {}
