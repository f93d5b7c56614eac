import Hummingbird

/// The authorization endpoint (RFC 6749 §3.1).
extension Sandbox {
    func authorize(_ request: Request, context: SandboxRequestContext) async -> Response {
        let query = request.uri.query ?? ""
        let checked: AuthorizationRequest
        do throws(AuthorizationRefusal) {
            let clients = withState { $0.clients }
            checked = try AuthorizationRequest(query: query, clients: clients)
        } catch {
            note(.authorize, method: request.method, clientID: nil, parameters: FormParameters(parsing: query))
            return refuse(error)
        }
        let parameters = FormParameters(parsing: query)
        note(.authorize, method: request.method, clientID: checked.clientID, parameters: parameters)
        return await withFaults(of: checked.clientID, at: .authorize, context: context) {
            start(checked, browser: Browser(request))
        }
    }

    private func refuse(_ refusal: AuthorizationRefusal) -> Response {
        switch refusal {
        case .page(let problem): pages.problem(problem)
        case .redirect(let error, let target, let quirks): respond(error: error, target: target, quirks: quirks)
        }
    }

    /// Shows the sign-in or the consent page, or neither.
    private func start(_ request: AuthorizationRequest, browser: Browser) -> Response {
        let quirks = quirks(of: request.clientID)
        if let user = user(named: quirks.automaticUser) {
            return grant(request, to: user, scopes: request.scopes)
        }
        let signedIn = request.prompt.contains("login") ? nil : user(of: browser)
        if request.prompt.contains("none") {
            let code = signedIn == nil ? "login_required" : "consent_required"
            let error = OAuthError(code: code, description: "a page would have to be shown")
            return respond(error: error, target: request.target, quirks: quirks)
        }
        let handle = RandomToken.make("txn")
        let transaction = Transaction(request: request, startedAt: now(), username: signedIn?.username)
        withState { $0.add(transaction, handle: handle, now: now()) }
        return page(for: transaction, handle: handle)
    }

    /// Ends a transaction with a code for the scopes that the person ticked.
    func grant(_ request: AuthorizationRequest, to user: SandboxUser, scopes ticked: [String]) -> Response {
        let quirks = quirks(of: request.clientID)
        let scopes = request.scopes.filter { ticked.contains($0) && !quirks.withheldScopes.contains($0) }
        let code = withState { $0.grantCode(request, to: user, scopes: scopes, now: now()) }
        return respond(code: code, target: request.target, quirks: quirks)
    }
}
