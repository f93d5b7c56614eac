internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import OAuth
internal import Storage

/// The steps of a person through a session: open, begin, come back from the provider, see the outcome.
struct ConnectPages {
    let portal: Portal
    let pages: Pages

    /// `GET /connect?token=…`: shows the session.
    ///
    /// Consumes nothing, so that mail scanners do no harm.
    /// With `display=popup` it is a popup, also where the page that opened it is hidden from it.
    @Sendable func open(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { throw PageError.deadLink }
        let session = try await portal.session(token: String(token))
        let cookie = SessionCookie(session.id, portal.publicURL)
        let known = portal.ticket(cookie.value(in: request), for: session.id)
        guard session.isVisible(to: known) else { throw try await branded(.otherBrowser, session) }
        // Until a button binds it, a browser gets a ticket of its own, whatever somebody may have planted in it.
        guard !session.isBound else { return try await page(session, request) }
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
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        guard session.isOpen, session.awaiting != .app else { return seeOther("/connect/\(session.id)") }
        let form = try ConnectForm(try await request.formText())
        let step = try await portal.begin(
            session,
            ticket: ticket,
            methodKey: form.method,
            typed: form.fields,
            isPopup: form.isPopup
        )
        return try await answer(to: step, form, of: session, request)
    }

    /// `POST /connect/:session/account`: the person decided about another account than before.
    @Sendable func account(_ request: Request, _ context: PortalContext) async throws -> Response {
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        let text = try await request.formText()
        guard let decision = FormParameters(encoded: text)?["decision"].flatMap(AccountDecision.init) else {
            throw PageError(.badRequest, .refused)
        }
        let step = try await portal.decide(decision, for: session, ticket: ticket)
        return try await answer(to: step, ConnectForm(text), of: session, request)
    }

    /// `POST /connect/:session/site`: the person picked what to connect.
    @Sendable func site(_ request: Request, _ context: PortalContext) async throws -> Response {
        try request.checkSameOrigin(as: portal.publicURL)
        let (session, ticket) = try await ownSession(request, context)
        let text = try await request.formText()
        guard let site = FormParameters(encoded: text)?["site"] else { throw PageError(.badRequest, .refused) }
        let step = try await portal.choose(site, for: session, ticket: ticket)
        return try await answer(to: step, ConnectForm(text), of: session, request)
    }

    /// `POST /connect/:session/cancel`: the person gave up.
    @Sendable func cancel(_ request: Request, _ context: PortalContext) async throws -> Response {
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
    ///
    /// A browser that only looks ahead uses nothing up: it asks again when the person comes.
    @Sendable func finish(_ request: Request, _ context: PortalContext) async throws -> Response {
        let isAhead = [.secPurpose, .purpose].contains { request.headers[$0]?.contains("prefetch") == true }
        guard request.method == .get, !isAhead else { return Response(status: .noContent) }
        let session = try await portal.finishAuthorization(query: request.uri.query ?? "", path: request.uri.path) {
            id in
            portal.ticket(SessionCookie(id, portal.publicURL).value(in: request), for: id)
        }
        return try await outcome(session.id)
    }

    /// `POST /api/v1/connect/oauth-callback`: the same from a form at the provider, which comes without our cookie.
    ///
    /// The browser takes the parameters on by itself, and brings the cookie then.
    @Sendable func takeForm(_ request: Request, _ context: PortalContext) async throws -> Response {
        let path = request.uri.path
        guard let form = FormParameters(encoded: try await request.formText()) else {
            throw PageError(.badRequest, .refused)
        }
        let target = "\(path)?\(form.encoded)"
        // The browser could not follow.
        guard target.utf8.count <= 8000 else { throw PageError(.badRequest, .refused) }
        return seeOther(portal.link(target))
    }

    // MARK: Checks

    private func branded(_ error: PageError, _ session: ConnectSession) async throws -> PageError {
        error.with(try await portal.branding(of: session))
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
        guard session.isVisible(to: ticket) else { throw try await branded(.otherBrowser, session) }
        return (session, ticket)
    }

    private func openerOrigin(_ request: Request) -> String? {
        guard let origin = request.headers[.referrer].flatMap({ WebAddress($0)?.origin }),
            origin != portal.publicURL.origin
        else { return nil }
        return origin
    }
}
