extension Sandbox {
    func quirks(of clientID: String) -> Quirks { withState { $0.clients[clientID]?.quirks } ?? Quirks() }

    func clientName(_ clientID: String) -> String { withState { $0.clients[clientID]?.name } ?? clientID }

    func user(named username: String?) -> SandboxUser? { users.first { $0.username == username } }

    func user(of browser: Browser) -> SandboxUser? {
        user(named: withState { state in browser.session.flatMap { state.sessions[$0] } })
    }
}
