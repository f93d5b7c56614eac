internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Integrations
internal import OAuth
internal import Storage

/// Which page a session is at.
extension ConnectPages {
    /// After a step: to the provider, or on with the form, or to the outcome.
    func answer(
        to step: ConnectStep,
        _ form: ConnectForm,
        of session: ConnectSession,
        _ request: Request
    ) async throws -> Response {
        var attempt = ConnectPage.Attempt(isPopup: form.isPopup, typed: form.fields)
        switch step {
        case .authorize(let url): return seeOther(url)
        case .done: return try await outcome(session.id)
        case .choice: attempt.problem = .noChoice
        case .form(let faults): attempt.faults = faults
        case .failed(let code): attempt.problem = .failure(code)
        }
        return try await connectPage(session, request, form.method, attempt: attempt, status: .unprocessableContent)
    }

    /// To the app if it wants the person back and is not waiting in another window, else to our page.
    func outcome(_ id: ConnectSession.ID) async throws -> Response {
        guard let session = try await portal.session(id) else { throw PageError.deadLink }
        let url = session.isOpen && session.awaiting == .app ? portal.confirmURL(of: session) : session.returnURL
        if !session.isPopup, let url { return seeOther(url) }
        return seeOther("/connect/\(session.id)")
    }

    func page(_ session: ConnectSession, _ request: Request) async throws -> Response {
        switch (session.isOpen, session.awaiting) {
        case (true, .person?):
            let sites = try await portal.choices(of: session)
            if !sites.isEmpty { return try await sitePage(session, sites, request) }
            if let choice = try await portal.accountChoice(of: session) {
                return try await accountPage(session, choice, request)
            }
        case (true, .app?): return try await waitingPage(session, request)
        case (true, nil): break
        case (false, _): return try await resultPage(session, request)
        }
        let query = request.uri.queryParameters
        return try await connectPage(
            session,
            request,
            query["method"].map { String($0) },
            attempt: ConnectPage.Attempt(isPopup: query["display"] == "popup")
        )
    }

    private func connectPage(
        _ session: ConnectSession,
        _ request: Request,
        _ method: String?,
        attempt: ConnectPage.Attempt,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let integration = try integration(of: session)
        let options = try await portal.openOptions(of: integration, for: session)
        let chosen = options.first { $0.key == method } ?? (options.count == 1 ? options.first : nil)
        let isEmbedded = chosen?.oauth?.refusesEmbeddedBrowsers == true && EmbeddedBrowser.made(request)
        let model = ConnectPage(
            session,
            integration,
            options: options,
            chosen: chosen,
            attempt: attempt,
            embeddedLink: isEmbedded ? portal.publicURL.origin + request.uri.string : nil,
            shell: try await shell(session, request)
        )
        return pages.response(
            model.view,
            template: .connect,
            status: status,
            formAction: (chosen?.oauth?.formActionSources ?? []) + session.returnOrigins
        )
    }

    private func sitePage(
        _ session: ConnectSession,
        _ sites: [ChoiceLookup.Choice],
        _ request: Request
    ) async throws -> Response {
        let shell = try await shell(session, request)
        return pages.response(
            SitePage(session, try integration(of: session), sites, shell: shell).view,
            template: .site,
            formAction: session.returnOrigins
        )
    }

    private func accountPage(
        _ session: ConnectSession,
        _ choice: AccountChoice,
        _ request: Request
    ) async throws -> Response {
        let integration = try integration(of: session)
        let shell = try await shell(session, request)
        let providers = integration.auth.flatMap { $0.oauth?.formActionSources ?? [] }
        return pages.response(
            AccountPage(session, integration, choice, shell: shell).view,
            template: .account,
            formAction: providers + session.returnOrigins
        )
    }

    private func waitingPage(_ session: ConnectSession, _ request: Request) async throws -> Response {
        let shell = try await shell(session, request)
        let model = WaitingPage(
            session,
            try integration(of: session),
            message: portal.confirmMessage(of: session),
            confirmURL: portal.confirmURL(of: session),
            shell: shell
        )
        return pages.response(model.view, template: .waiting)
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
            shell: try await shell(session, request)
        )
        let isExpired = session.errorCode == FailureCode.sessionExpired.rawValue
        return pages.response(model.view, template: .result, status: isExpired ? .gone : .ok)
    }

    private func shell(_ session: ConnectSession, _ request: Request) async throws -> Pages.Shell {
        pages.shell(for: request, locale: session.locale, branding: try await portal.branding(of: session))
    }

    func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }

    private func integration(of session: ConnectSession) throws -> Integration {
        guard let integration = portal.catalog[session.integrationName] else { throw PageError.deadLink }
        return integration
    }
}

extension ConnectSession {
    /// A form that ends the session may lead straight back to the app.
    fileprivate var returnOrigins: [String] {
        Set([successRedirectURI, errorRedirectURI].compactMap { $0.flatMap { WebAddress($0)?.origin } }).sorted()
    }
}
