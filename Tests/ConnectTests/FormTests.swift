import Connect
import Foundation
import Outbound
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite struct FormTests {
    private func submit(
        _ test: TestPortal,
        _ session: ConnectSession,
        _ typed: [String: String]
    ) async throws -> ConnectStep {
        try await test.portal.begin(
            session,
            ticket: ticket(test, session),
            methodKey: nil,
            typed: typed,
            isPopup: false
        )
    }

    /// The same browser each time.
    private func ticket(_ test: TestPortal, _ session: ConnectSession) -> BrowserTicket {
        Self.tickets.withLock { tickets in
            let ticket = tickets[session.id] ?? test.ticket(session)
            tickets[session.id] = ticket
            return ticket
        }
    }

    private static let tickets = Mutex<[ConnectSession.ID: BrowserTicket]>([:])

    private func mint(_ test: TestPortal, _ integration: String) async throws -> ConnectSession {
        try await test.mint(["integrationName": .string(integration), "authMethodKey": .null]).session
    }

    @Test func `a key is tried at the provider, then saved`() async throws {
        let test = try await TestPortal()
        let session = try await mint(test, "openai")
        test.provider.reply(to: "/v1/models", status: 401, "{}")
        guard case .failed(let code) = try await submit(test, session, ["secret": "sk-wrong"]) else {
            Issue.record("a wrong key was taken")
            return
        }
        #expect(code == .credentialsRejected)
        test.provider.reply(to: "/v1/models", "{}")
        guard case .done = try await submit(test, session, ["secret": " sk-right "]) else {
            Issue.record("the right key was refused")
            return
        }
        #expect(
            test.provider.requests(to: "/v1/models").last?.headers.contains {
                $0 == ("Authorization", "Bearer sk-right")
            } == true
        )
        let done = try #require(try await test.portal.session(session.id))
        #expect(done.status == .completed)
        #expect(try await test.events(done) == ["created", "form_rejected", "completed"])
        let id = try #require(done.connectionID)
        let connection = try #require(
            try await test.portal.store.read { try $0.connection(id, of: test.key.organizationID) }
        )
        #expect(connection.type == .secretText)
        #expect(try await test.database.contents().range(of: .init("sk-right".utf8)) == nil)
    }

    @Test func `bad fields come back with a sentence each, and nothing is sent`() async throws {
        let test = try await TestPortal()
        let session = try await mint(test, "freshsales")
        guard case .form(let faults) = try await submit(test, session, ["domain": "evil.example/#"]) else {
            Issue.record("a bad form was taken")
            return
        }
        #expect(Set(faults.keys) == ["domain", "api_key"])
        #expect(test.provider.requestCount == 0)
    }

    @Test func `user and password, with inputs before them`() async throws {
        let test = try await TestPortal()
        let session = try await mint(test, "smtp")
        let typed = ["host": "mail.example.com", "port": "465", "security": "tls", "username": "ada", "password": "pw"]
        guard case .done = try await submit(test, session, typed) else {
            Issue.record("the form was refused")
            return
        }
    }
}
