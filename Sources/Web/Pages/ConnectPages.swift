internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Integrations
internal import OAuth
internal import Storage

/// The steps of a person through a session: open, begin, come back from the provider, see the outcome.
struct ConnectPages {
    let portal: Portal
    let pages: Pages

    /// `GET /connect?token=…`: shows the session.
    ///
    /// Consumes nothing, so that mail scanners do no harm.
    @Sendable func open(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { throw PageError.deadLink }
        let session = try await portal.session(token: String(token))
        let cookie = SessionCookie(session.id, portal.publicURL)
        let known = portal.ticket(cookie.value(in: request), for: session.id)
        guard session.isVisible(to: known) else { throw PageError.otherBrowser }
        guard known == nil else { return try await page(session, request) }
        let ticket = portal.issueTicket(for: session.id, openerOrigin: openerOrigin(request))
        portal.noteOpened(session)
        var response = try await page(session, request)
        response.headers[.setCookie] = cookie.setting(ticket, until: session.expiresAt, now: portal.now())
        return response
    }

    /// `GET /connect/:session`: the same page under its clean address, or the outcome.
    @Sendable func show(_ request: Request, _ context: PortalContext) async throws -> Response {
        let (session, _) = try await ownSession(request, context)
        return try await page(session, request)
    }

    /// `POST /connect/:session`: the person pressed the button.
    @Sendable func begin(_ request: Request, _ context: PortalContext) async throws -> Response {
        var request = request
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        guard session.isOpen else { return seeOther("/connect/\(session.id)") }
        let form = try ConnectForm(try await request.formText())
        let again = { [request] (attempt: ConnectPage.Attempt) in
            try await connectPage(session, request, form.method, attempt: attempt, status: .unprocessableContent)
        }
        let step = try await portal.begin(
            session,
            ticket: ticket,
            methodKey: form.method,
            typed: form.fields,
            isPopup: form.isPopup
        )
        switch step {
        case .authorize(let url): return seeOther(url)
        case .done: return try await outcome(session.id)
        case .choice: return try await again(.init(typed: form.fields, problem: .noChoice))
        case .form(let faults): return try await again(.init(typed: form.fields, faults: faults))
        case .failed(let code): return try await again(.init(typed: form.fields, problem: .failure(code)))
        }
    }

    /// `POST /connect/:session/cancel`: the person gave up.
    @Sendable func cancel(_ request: Request, _ context: PortalContext) async throws -> Response {
        var request = request
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        let form = try ConnectForm(try await request.formText())
        return try await outcome(try await portal.cancel(session, ticket: ticket, isPopup: form.isPopup).id)
    }

    /// `POST /connect/:session/again`: the person wants to allow what they left out.
    @Sendable func again(_ request: Request, _ context: PortalContext) async throws -> Response {
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        return seeOther(try await portal.askAgain(session, ticket: ticket).connectURL)
    }

    /// `GET /api/v1/connect/oauth-callback`: back from the provider, and on to a clean address.
    @Sendable func finish(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard request.method == .get else { return Response(status: .noContent) }
        let session = try await portal.finishAuthorization(query: request.uri.query ?? "", path: request.uri.path) {
            id in
            portal.ticket(SessionCookie(id, portal.publicURL).value(in: request), for: id)
        }
        return try await outcome(session.id)
    }

    // MARK: Answers

    /// After a step: to the app if it wants the person back and is not waiting in another window, else to our page.
    private func outcome(_ id: ConnectSession.ID) async throws -> Response {
        guard let session = try await portal.session(id) else { throw PageError.deadLink }
        if !session.isPopup, let url = session.returnURL { return seeOther(url) }
        return seeOther("/connect/\(session.id)")
    }

    private func page(_ session: ConnectSession, _ request: Request) async throws -> Response {
        guard session.errorCode != "session_expired" else { throw PageError.deadLink }
        guard session.isOpen else { return try await resultPage(session, request) }
        return try await connectPage(session, request, request.uri.queryParameters["method"].map { String($0) })
    }

    private func connectPage(
        _ session: ConnectSession,
        _ request: Request,
        _ method: String?,
        attempt: ConnectPage.Attempt = .init(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let integration = try integration(of: session)
        let options = try await portal.openOptions(of: integration, for: session)
        let chosen = options.first { $0.key == method } ?? (options.count == 1 ? options.first : nil)
        let model = ConnectPage(
            session,
            integration,
            options: options,
            chosen: chosen,
            attempt: attempt,
            shell: pages.shell(for: request, locale: session.locale)
        )
        return pages.response(
            model,
            template: "connect",
            status: status,
            formAction: (chosen?.oauth?.formActionSources ?? []) + returnOrigins(session)
        )
    }

    private func resultPage(_ session: ConnectSession, _ request: Request) async throws -> Response {
        let integration = try integration(of: session)
        let connection = try await portal.store.read { transaction in
            try session.connectionID.flatMap { try transaction.connection($0, of: session.organizationID) }
        }
        let model = ResultPage(
            session,
            integration,
            account: connection?.accountLabel,
            missing: try await portal.missingScopes(of: session),
            shell: pages.shell(for: request, locale: session.locale)
        )
        return pages.response(model, template: "result")
    }

    private func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }

    // MARK: Checks

    private func integration(of session: ConnectSession) throws -> Integration {
        guard let integration = portal.catalog[session.integrationName] else { throw PageError.deadLink }
        return integration
    }

    /// The session of the path, for a browser that was shown it and, once it is bound, for that browser alone.
    private func ownSession(
        _ request: Request,
        _ context: PortalContext
    ) async throws -> (ConnectSession, BrowserTicket) {
        let id = ConnectSession.ID(rawValue: try context.parameters.require("session"))
        let cookie = SessionCookie(id, portal.publicURL)
        guard let ticket = portal.ticket(cookie.value(in: request), for: id) else { throw PageError.deadLink }
        guard let session = try await portal.session(id) else { throw PageError.deadLink }
        guard session.isVisible(to: ticket) else { throw PageError.otherBrowser }
        return (session, ticket)
    }

    private func openerOrigin(_ request: Request) -> String? {
        guard let origin = request.headers[.referrer].flatMap({ WebAddress($0)?.origin }),
            origin != portal.publicURL.origin
        else { return nil }
        return origin
    }

    /// A form that ends the session may lead straight back to the app.
    private func returnOrigins(_ session: ConnectSession) -> [String] {
        Set(
            [session.successRedirectURI, session.errorRedirectURI].compactMap { $0.flatMap { WebAddress($0)?.origin } }
        ).sorted()
    }
}
