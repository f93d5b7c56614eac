internal import Logging
internal import Storage

extension Portal {
    /// Has the provider end what was found and is not kept, now and, where it fails, again.
    ///
    /// Many providers keep one grant for a person and an app, so that ending this ends every connection of the account:
    /// right for an orphan, a sign-in that nobody answers for; else a grant stays that a connection may live on.
    func giveBack(_ found: FoundConnection, of session: ConnectSession, isOrphan: Bool) async {
        do {
            let hasConnected = try await self.session(session.id)?.status == .completed
            let mustSpare = hasConnected || !isOrphan
            guard !mustSpare || found.account != nil,
                let grant = try revocation(of: found, session, sparing: mustSpare ? found.account : nil)
            else { return }
            try await store.write { try $0.insert(grant) }
            try await revoke(grant)
        } catch {
            log.warning(
                "a grant that is not kept could not be given back",
                metadata: ["session": "\(session.id)", "error": "\(error)"]
            )
        }
    }
}
