public import Foundation
public import Hummingbird
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
    let signingKey = SigningKey()
    private let state: Mutex<SandboxState>
    private let assets: SandboxAssets
    private let registered: [SandboxClient]
    private let hasControlAPI: Bool

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

    public func addRoutes(to router: Router<SandboxRequestContext>) {
        assets.addRoutes(to: router)
        router.get("/") { _, _ in self.homePage() }
        router.get("/authorize") { await self.authorize($0, context: $1) }
        router.get("/authorize/page") { request, _ in self.showPage(request) }
        router.post("/authorize/sign-in") { request, _ in try await self.signIn(request) }
        router.post("/authorize/sign-out") { request, _ in try await self.signOut(request) }
        router.post("/authorize/consent") { request, _ in try await self.consent(request) }
        router.post("/token") { try await self.token($0, context: $1) }
        router.get("/token/long-lived") { try await self.longLivedToken($0, context: $1) }
        router.post("/revoke") { try await self.revoke($0, context: $1) }
        router.delete("/revoke") { try await self.revoke($0, context: $1) }
        router.post("/introspect") { try await self.introspect($0, context: $1) }
        router.get("/userinfo") { await self.userinfo($0, context: $1) }
        router.get("/jwks") { _, _ in self.keySet() }
        router.get("/.well-known/openid-configuration") { _, _ in self.metadata() }
        router.get("/.well-known/oauth-authorization-server") { _, _ in self.metadata() }
        router.get("/api/whoami") { await self.whoami($0, context: $1) }
        router.get("/api/sites") { request, _ in self.sites(request) }
        if hasControlAPI { addControlRoutes(to: router) }
    }

    /// Forgets everything and gives the clients the switches they started with.
    public func reset() {
        withState { $0 = SandboxState(clients: registered) }
    }
}
