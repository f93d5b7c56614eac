public import Storage
internal import StrictJSON

extension Portal {
    /// Ends a session because the person gave up; the reason is the last thing that went wrong, if anything did.
    public func cancel(_ session: ConnectSession, ticket: BrowserTicket, isPopup: Bool) async throws -> ConnectSession {
        guard session.browserHash == nil || session.browserHash == ticket.hash else {
            throw PortalError(.forbidden, "This link was already opened in another browser")
        }
        let code = session.errorCode ?? FailureCode.cancelled.rawValue
        let error = session.error ?? FailureCode.cancelled.sentence(session.integrationName)
        let cancelled = turn(.cancelled, of: session, ["code": .string(code)])
        let now = now()
        let hasEnded = try await store.write { transaction in
            guard try transaction.fail(session.id, error: error, code: code, isPopup: isPopup, at: now) else {
                return false
            }
            try record(cancelled, in: transaction)
            return true
        }
        if hasEnded { observe(.sessionFailed(code: code)) }
        return try await self.session(session.id) ?? session
    }
}
