public import Foundation
public import Mustache
import Synchronization

/// A pretend OAuth 2.0 and OpenID Connect provider, in memory, whose clients can each be given quirks and faults.
///
/// For demonstrations and tests only: its users' passwords are on its home page.
public final class Sandbox: Sendable {
    let issuer: String
    let users: [SandboxUser]
    let pages: Pages
    let now: @Sendable () -> Date
    let assets: SandboxAssets
    let hasControlAPI: Bool
    private let state: Mutex<SandboxState>
    private let keys = Mutex(KeyRing())
    private let registered: [SandboxClient]

    /// - Parameters:
    ///   - issuer: the origin under which the routes are reached, without a slash at the end.
    ///   - clients: the applications registered here, with the switches they start with.
    ///   - users: who can sign in.
    ///   - templates: has the pages as `sandbox/…`.
    ///   - assets: the style sheets and scripts of the pages.
    ///   - controlAPI: whether `/control/…` is there; whoever reaches it can change everything.
    ///   - now: the clock by which tokens expire.
    public init(
        issuer: String,
        clients: [SandboxClient],
        users: [SandboxUser] = SandboxUser.personas,
        templates: MustacheLibrary,
        assets: SandboxAssets,
        controlAPI: Bool = false,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.issuer = issuer
        self.users = users
        self.pages = Pages(templates: templates)
        self.assets = assets
        self.now = now
        registered = clients
        hasControlAPI = controlAPI
        state = Mutex(SandboxState(clients: clients))
    }

    func withState<Value: Sendable, Failure: Error>(
        _ body: (inout SandboxState) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try state.withLock { (state) throws(Failure) in try body(&state) }
    }

    func withKeys<Value: Sendable>(_ body: (inout KeyRing) throws -> Value) rethrows -> Value {
        try keys.withLock { try body(&$0) }
    }

    /// Forgets everything but the keys and gives the clients the switches they started with.
    public func reset() {
        withState { $0 = SandboxState(clients: registered) }
    }
}
