internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import OAuth
internal import Storage
internal import Views

/// The steps of an end user on their portal page.
struct PortalPages {
    let portal: Portal
    let pages: Pages

    /// `GET /connect/portal?token=…`, and the same without the token for a browser that has opened it before.
    @Sendable func show(_ request: Request, _ context: PortalContext) async throws -> Response {
        let given = request.uri.queryParameters["token"].map { String($0) }
        guard let token = given ?? cookie(in: request) else { throw PageError.deadLink }
        let opened = try await portal.openPortal(link: token)
        let shell = pages.shell(for: request, branding: opened.branding)
        let parameters = FormParameters(encoded: request.uri.query ?? "")
        let filter = PortalFilter(query: parameters?["q"], category: parameters?["category"])
        let model = PortalPage(opened, filter: filter, notice: notice(request, shell), shell: shell)
        var response = pages.response(model.view, template: .portal)
        if given != nil { response.headers[.setCookie] = setting(token) }
        return response
    }

    /// `POST /connect/portal/connect`: on to the connect page of a new session.
    @Sendable func connect(_ request: Request, _: PortalContext) async throws -> Response {
        let (token, form) = try await form(of: request)
        let minted = try await portal.connectFromPortal(
            link: token,
            integration: form["integration"] ?? "",
            again: form["connection"].map { Connection.ID(rawValue: $0) }
        )
        return Response(status: .seeOther, headers: [.location: minted.connectURL])
    }

    /// `POST /connect/portal/rename`.
    @Sendable func rename(_ request: Request, _: PortalContext) async throws -> Response {
        let (token, form) = try await form(of: request)
        let id = Connection.ID(rawValue: form["connection"] ?? "")
        do { try await portal.renameFromPortal(link: token, id, to: form["name"] ?? "") } catch is PlainText.Problem {
            return Response(status: .seeOther, headers: [.location: "/connect/portal?done=notRenamed"])
        }
        return Response(status: .seeOther, headers: [.location: "/connect/portal?done=renamed"])
    }

    /// `POST /connect/portal/disconnect`.
    @Sendable func disconnect(_ request: Request, _: PortalContext) async throws -> Response {
        let (token, form) = try await form(of: request)
        try await portal.disconnectFromPortal(link: token, Connection.ID(rawValue: form["connection"] ?? ""))
        return Response(status: .seeOther, headers: [.location: "/connect/portal?done=disconnected"])
    }

    private func form(of request: Request) async throws -> (token: String, FormParameters) {
        try request.checkSameOrigin(as: portal.publicURL)
        guard let token = cookie(in: request), let form = FormParameters(encoded: try await request.formText()) else {
            throw PageError.deadLink
        }
        return (token, form)
    }

    /// What the last step came to, from the parameters with which a session sends people back.
    private func notice(_ request: Request, _ shell: Pages.Shell) -> View? {
        let parameters = request.uri.queryParameters
        let key: String? =
            switch (parameters["done"], parameters["status"]) {
            case ("disconnected"?, _): "doneDisconnected"
            case ("renamed"?, _): "doneRenamed"
            case ("notRenamed"?, _): "doneNotRenamed"
            case (_, "success"?): "doneConnected"
            case (_, "error"?): "doneNotConnected"
            default: nil
            }
        return key.map { key in
            [
                "title": .text(shell.text(key)),
                "message": .html(shell.html(key + "More")),
                "isGood": .flag(!key.hasPrefix("doneNot")),
            ]
        }
    }

    // MARK: The cookie that holds the link's token, so that it need not stay in the address

    private var name: String { isSecure ? "__Host-connect-portal" : "connect-portal" }
    private var isSecure: Bool { portal.publicURL.scheme == "https" }

    private func cookie(in request: Request) -> String? { request.cookies[name]?.value }

    private func setting(_ token: String) -> String {
        "\(name)=\(token); Path=/; Max-Age=86400; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
