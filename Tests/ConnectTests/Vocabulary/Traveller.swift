import Connect
import Integrations
import OAuth
import Storage
import StrictJSON
import TestSupport

/// A person who goes the way that a definition describes.
struct Traveller {
    let test: TestPortal
    let integration: Integration
    var `case`: VocabularyCase
    private let browser = Browser()

    init(test: TestPortal, integration: Integration, case: VocabularyCase) {
        self.test = test
        self.integration = integration
        self.case = `case`
    }

    /// What they type where they are asked.
    private static let typed = [
        "secret": "key-1", "clientId": "own-client", "clientSecret": "own-secret", "username": "ada", "password": "pw",
    ]

    /// To the provider and back, or by the form; the session after that, and where the browser was sent.
    func connect() async throws -> (ConnectSession, String) {
        let session = try await test.mint([
            "integrationName": .string(integration.name), "authMethodKey": .null,
        ]).session
        let ticket = test.ticket(session)
        await browser.keep(ticket)
        try `case`.answers.prepare(test, nonce: nil)
        let step = try await test.portal.begin(
            session,
            ticket: ticket,
            methodKey: integration.auth[`case`.option].key,
            typed: Self.typed,
            isPopup: false
        )
        guard case .authorize(let url) = step else { return (try await current(session), "") }
        return (try await comeBack(from: url, ticket), url)
    }

    /// Somebody else signs in and then asks to be yet another.
    func switchAccount() async throws -> (ConnectSession, String) {
        var bob = self
        bob.case.answers.others["/me"] = ["id": "m-2", "name": "Bob"]
        let (session, _) = try await bob.connect()
        guard let ticket = await browser.ticket,
            case .authorize(let url) = try await test.portal.decide(.switchAccount, for: session, ticket: ticket)
        else { throw UnexpectedStep() }
        return (session, url)
    }

    func choose(_ choice: ChoiceLookup.Choice, in session: ConnectSession) async throws -> ConnectSession {
        guard let ticket = await browser.ticket else { throw UnexpectedStep() }
        _ = try await test.portal.choose(choice.id, for: session, ticket: ticket)
        return try await current(session)
    }

    private func comeBack(from url: String, _ ticket: BrowserTicket) async throws -> ConnectSession {
        let query = FormParameters(encoded: url.drop { $0 != "?" }.dropFirst())
        let parameters = query?["request_uri"] == nil ? query : test.provider.requests(to: "/par").last?.form
        guard let parameters, let state = parameters["state"] else { throw UnexpectedStep() }
        try `case`.answers.prepare(test, nonce: parameters["nonce"])
        let answer = "state=\(state)&code=code-1&other_code=code-2&realm=r-1&granted=read\(`case`.callback)"
        return try await test.callback(answer, ticket)
    }

    private func current(_ session: ConnectSession) async throws -> ConnectSession {
        try await test.portal.session(session.id) ?? session
    }

    /// Keeps the newest ticket, as a browser does its cookie.
    private actor Browser {
        private(set) var ticket: BrowserTicket?

        func keep(_ ticket: BrowserTicket) { self.ticket = ticket }
    }
}
