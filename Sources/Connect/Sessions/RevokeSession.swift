public import Storage

extension Portal {
    public func sessions(for key: APIKey, _ page: ListPage) async throws -> Listing<ConnectSession> {
        try await store.read { try $0.connectSessions(of: key.organizationID, in: key.limitedTo, page) }
    }

    /// Ends an open session at once; its link and page stop working.
    ///
    /// One that has ended stays as it is.
    public func revokeSession(_ id: ConnectSession.ID, for key: APIKey) async throws {
        let (session, _) = try await session(id, for: key)
        let revoked = turn(.revoked, of: session, by: .key(key))
        let now = now()
        let hasEnded = try await store.write { transaction in
            let reason = FailureCode.revoked
            let sentence = reason.sentence(session.integrationName)
            guard
                try transaction.fail(id, error: sentence, code: reason.rawValue, isPopup: session.isPopup, at: now)
            else { return false }
            try record(revoked, in: transaction)
            return true
        }
        if hasEnded { observe(.sessionFailed(code: FailureCode.revoked.rawValue)) }
    }
}
