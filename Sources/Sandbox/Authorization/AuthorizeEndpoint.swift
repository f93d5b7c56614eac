import Hummingbird

/// The authorization endpoint (RFC 6749 §3.1).
extension Sandbox {
    func authorize(_ request: Request, at issuer: Issuer, context: SandboxRequestContext) async -> Response {
        let parameters = FormParameters(parsing: request.uri.query ?? "")
        let checked: AuthorizationRequest
        do throws(AuthorizationRefusal) {
            checked = try check(request, parameters, at: issuer)
        } catch {
            note(.authorize, method: request.method, clientID: nil, parameters: parameters)
            return refuse(error)
        }
        note(.authorize, method: request.method, clientID: checked.clientID, parameters: parameters)
        return await withFaults(of: checked.clientID, at: .authorize, context: context) {
            start(checked, browser: Browser(request))
        }
    }

    private func check(
        _ request: Request,
        _ parameters: FormParameters,
        at issuer: Issuer
    ) throws(AuthorizationRefusal) -> AuthorizationRequest {
        if parameters["request_uri"] != nil { return try takePushedRequest(parameters) }
        let query = request.uri.query ?? ""
        let checked = try AuthorizationRequest(query: query, issuer: issuer, clients: withState { $0.clients })
        let quirks = quirks(of: checked.clientID)
        if quirks.pushedAuthorization == .required || issuer.variant == .pushedOnly {
            throw .redirect(.invalidRequest("the request must be pushed"), checked.target, quirks)
        }
        if quirks.refusesEmbeddedBrowsers, Browser.isEmbedded(request) {
            throw .page("disallowed_useragent: sign-in is not possible inside another app.")
        }
        return checked
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
        let asksWho = !request.prompt.isDisjoint(with: ["login", "select_account"])
        let signedIn = asksWho ? nil : user(of: browser)
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
        return respond(code: code, scopes: scopes, target: request.target, quirks: quirks)
    }
}
