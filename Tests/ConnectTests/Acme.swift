import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport

/// A portal whose catalog is one definition of Acme, and a person who connects it.
struct Acme {
    let test: TestPortal
    var answers = AcmeAnswers()
    /// Paths that nobody answers at.
    var silent: Set<String> = []
    /// What the token endpoint answers to the nonce of a sign-in, if not the usual.
    var tokens: (String?) throws -> JSON = { _ in .null }
    var typed: [String: String] = [:]

    init(_ changes: Definition.Change..., apps: [PlatformApp]? = nil) async throws {
        try await self.init(changes, apps: apps)
    }

    init(_ changes: [Definition.Change], apps: [PlatformApp]? = nil) async throws {
        let definition = try Definition.plain.changed(changes)
        test = try await TestPortal(catalog: try Catalog.reading(definition.text), apps: apps)
    }

    /// A person who has pressed the button.
    struct Visit {
        var session: ConnectSession
        let ticket: BrowserTicket
        let step: ConnectStep

        /// Where the browser is sent.
        var url: String { if case .authorize(let url) = step { url } else { "" } }
        var query: FormParameters { FormParameters(encoded: url.drop { $0 != "?" }.dropFirst()) ?? FormParameters() }
        var failure: FailureCode? { if case .failed(let code) = step { code } else { nil } }
    }

    func press(_ changes: JSON.Object = [:]) async throws -> Visit {
        try prepare(nonce: nil)
        var body: JSON.Object = ["integrationName": "acme", "authMethodKey": .null]
        for member in changes.members { body[member.name] = member.value }
        return try await press(in: try await test.mint(body).session)
    }

    /// Once more, in the same browser.
    func press(after visit: Visit) async throws -> Visit { try await press(in: visit.session, visit.ticket) }

    func press(in session: ConnectSession, _ ticket: BrowserTicket? = nil) async throws -> Visit {
        let ticket = ticket ?? test.ticket(session)
        let step = try await test.portal.begin(
            session,
            ticket: ticket,
            methodKey: "sign_in",
            typed: typed,
            isPopup: false
        )
        return Visit(session: try await current(session), ticket: ticket, step: step)
    }

    /// To the provider and back.
    func connect(_ changes: JSON.Object = [:], answer: String = "code=code-1") async throws -> Visit {
        try await comeBack(from: try await press(changes), answer)
    }

    func comeBack(from visit: Visit, _ answer: String = "code=code-1") async throws -> Visit {
        guard let state = visit.query["state"] else { return visit }
        try prepare(nonce: visit.query["nonce"])
        var visit = visit
        visit.session = try await test.callback("state=\(state)&\(answer)", visit.ticket)
        return visit
    }

    func current(_ session: ConnectSession) async throws -> ConnectSession {
        try await test.portal.session(session.id) ?? session
    }

    func connection(of visit: Visit) async throws -> Connection? {
        guard let id = visit.session.connectionID else { return nil }
        return try await test.portal.connection(id, for: test.key)
    }

    /// Of the connection that a visit made, opened.
    func credentials(of visit: Visit) async throws -> JSON {
        guard let id = visit.session.connectionID else { return .null }
        return try await test.openedCredentials(of: id)
    }

    func count(_ path: String) -> Int { test.provider.requests(to: path).count }

    /// The tokens that were given back to the provider.
    var revoked: [String] { test.provider.requests(to: "/revoke").compactMap { $0.form["token"] } }

    func run(_ job: String) async throws {
        for known in Job.all where known.name == job { try await test.portal.run(known) }
    }

    private func prepare(nonce: String?) throws {
        var answers = answers
        let tokens = try tokens(nonce)
        if !tokens.isNull { answers.others["/token"] = tokens }
        try answers.prepare(test, nonce: nonce)
        test.provider.reply(to: "/revoke", "")
        for path in silent { test.provider.fail(path, with: .connectionFailed) }
    }
}

extension Definition.Change {
    /// Tokens that turn out to be of no use are given back.
    static let revocable = Self(.oauth2, "revocationUrl: https://acme.example/revoke")
}
