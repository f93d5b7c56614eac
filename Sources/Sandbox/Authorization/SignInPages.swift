import Hummingbird
import Views

/// The steps between an authorization request and its answer. All work without a script.
extension Sandbox {
    /// The page on which a transaction stands.
    func page(for transaction: Transaction, handle: String, problem: String? = nil) -> Response {
        let request = transaction.request
        let quirks = quirks(of: request.clientID)
        let view: View = ["handle": .text(handle), "client": .text(clientName(request.clientID))]
        guard let user = user(named: transaction.username) else {
            let signIn = view.with(["personas": .list(users.map(\.crib)), "problem": .text(problem)])
            let status: HTTPResponse.Status = problem == nil ? .ok : .badRequest
            let headers = PageHeaders(quirks: quirks)
            return pages.page("sign-in", title: "Sign in · Sandbox ID", signIn, status: status, headers: headers)
        }
        let scopes = request.scopes.map { scope -> View in
            ["name": .text(scope), "description": .text(Scopes.descriptions[scope] ?? scope)]
        }
        let consent = view.with([
            "name": .text(user.name),
            "email": .text(user.email),
            "initials": .text(user.initials),
            "destination": .text(request.target.site),
            "scopes": .list(scopes),
        ])
        return pages.page("consent", title: "Allow access · Sandbox ID", consent, headers: PageHeaders(quirks: quirks))
    }

    func showPage(_ request: Request) -> Response {
        let handle = FormParameters(parsing: request.uri.query ?? "")["transaction"]
        guard let handle, let transaction = withState({ $0.transaction(handle, now: now()) }) else {
            return pages.problem(Self.over)
        }
        return page(for: transaction, handle: handle)
    }

    /// Takes a persona's button or a user name with its password.
    func signIn(_ request: Request) async throws -> Response {
        let form = try await FormParameters(body: request)
        let transaction = withState { $0.transaction(form["transaction"], now: now()) }
        guard let handle = form["transaction"], let transaction else { return pages.problem(Self.over) }
        let user = user(named: form["persona"] ?? form["username"])
        guard let user, form["persona"] != nil || form["password"] == user.password else {
            return page(
                for: transaction,
                handle: handle,
                problem: "That user name and password do not belong together."
            )
        }
        let session = RandomToken.make("browser")
        withState { $0.signIn(user.username, browser: session, handle: handle) }
        var response = Pages.redirect(to: "/authorize/page?transaction=\(handle)")
        response.setCookie(Browser.newCookie(session, issuer: issuer))
        return response
    }

    func signOut(_ request: Request) async throws -> Response {
        let form = try await FormParameters(body: request)
        guard let handle = form["transaction"] else { return pages.problem(Self.over) }
        withState { $0.signOut(browser: Browser(request).session, handle: handle) }
        return Pages.redirect(to: "/authorize/page?transaction=\(FormParameters.encode(handle))")
    }

    /// Takes the person's decision; a transaction is decided once.
    func consent(_ request: Request) async throws -> Response {
        let form = try await FormParameters(body: request)
        let handle = form["transaction"] ?? ""
        let transaction = withState { state in
            let transaction = state.transaction(handle, now: now())
            if transaction?.username != nil { state.transactions[handle] = nil }
            return transaction
        }
        guard let transaction else { return pages.problem(Self.over) }
        guard let user = user(named: transaction.username) else { return page(for: transaction, handle: handle) }
        let authorization = transaction.request
        guard form["decision"] == "allow" else {
            let denied = OAuthError(code: "access_denied", description: "the person said no")
            return respond(error: denied, target: authorization.target, quirks: quirks(of: authorization.clientID))
        }
        return grant(authorization, to: user, scopes: form.values("scope"))
    }

    private static let over = "This sign-in is over. Go back to the application and start again."
}
