internal import Storage

extension Job {
    /// Ends what is held for a decision that nobody took in time, at the provider too.
    static let dropAbandoned = Job(name: "dropAbandoned", period: .seconds(10)) { portal in
        guard try await !portal.isPaused() else { return }
        let abandoned = try await portal.store.read { try $0.abandonedConnections(at: portal.now(), limit: 100) }
        for held in abandoned { try await portal.drop(held) }
        try await portal.revokeRemoved()
    }
}

extension Portal {
    fileprivate func drop(_ held: HeldConnection) async throws {
        guard let session = try await store.read({ try $0.connectSession(held.sessionID) }) else { return }
        // What cannot be opened any more is dropped all the same.
        let grant: Revocation? =
            if let found = try? open(held) { try revocation(of: found, session) } else { nil }
        let awaitsApp = session.awaiting == .app
        let dropped = turn(awaitsApp ? .notConfirmed : .notDecided, of: session, by: .portal)
        let reason = FailureCode.notConfirmed
        let sentence = reason.sentence(session.integrationName)
        let now = now()
        let hasEnded = try await store.write { transaction in
            guard try transaction.release(held) else { return false }
            if let grant { try transaction.insert(grant) }
            var hasEnded = false
            if awaitsApp {
                let (id, isPopup) = (session.id, session.isPopup)
                hasEnded = try transaction.fail(id, error: sentence, code: reason.rawValue, isPopup: isPopup, at: now)
            }
            if session.isOpen { try record(dropped, in: transaction) }
            return hasEnded
        }
        if hasEnded { observe(.sessionFailed(code: reason.rawValue)) }
    }
}
