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
            if let question = found.question(insteadOf: existing) {
                try await hold(found, for: .person, of: session, as: question.type, question.detail)
            } else if session.needsConfirmation, session.awaiting != .app {
                try await hold(found, for: .app, of: session, as: .confirmationAwaited)
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
}

/// The session came to its end by other means.
struct SessionEnded: Error {}
