import Connect
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct OtherAccountTests {
    /// Ada is connected; then somebody comes back from the provider as Bob.
    private func comeBackAsBob(
        _ test: TestPortal,
        _ changes: JSON.Object = [:]
    ) async throws -> (ConnectSession, BrowserTicket) {
        test.answerWell()
        _ = try await test.connect(try await test.mint())
        test.provider.reply(to: "/userinfo", #"{"sub":"u-2","email":"bob@example.test"}"#)
        test.provider.reply(to: "/token", #"{"access_token":"bobs-token","refresh_token":"bobs-refresh"}"#)
        return try await goThrough(test, changes)
    }

    private func goThrough(
        _ test: TestPortal,
        _ changes: JSON.Object = [:]
    ) async throws -> (ConnectSession, BrowserTicket) {
        let minted = try await test.mint(changes)
        let ticket = test.ticket(minted.session)
        let state = try await test.authorize(minted.session, ticket)["state"] ?? ""
        return (try await test.callback("state=\(state)&code=c", ticket), ticket)
    }

    private func labels(_ test: TestPortal) async throws -> [String] {
        try await test.connections().compactMap(\.accountLabel).sorted()
    }

    @Test func `nothing changes before the person has decided`() async throws {
        let test = try await TestPortal()
        let (session, _) = try await comeBackAsBob(test)
        #expect(session.status == .connecting)
        #expect(session.awaiting == .person)
        let choice = try #require(try await test.portal.accountChoice(of: session))
        #expect(choice.old == "ada@example.test")
        #expect(choice.new == "bob@example.test")
        #expect(try await labels(test) == ["ada@example.test"])
        #expect(try await test.events(session).last == "account_differs")
    }

    @Test func `the same account needs no decision`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        _ = try await test.connect(try await test.mint())
        #expect(try await test.connect(try await test.mint()).status == .completed)
    }

    /// Nobody knows whose account it is, so nobody can say that it is the same.
    @Test func `an account that the provider does not tell this time takes no place`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        _ = try await test.connect(try await test.mint())
        test.provider.reply(to: "/token", #"{"access_token":"bobs-token","refresh_token":"bobs-refresh"}"#)
        test.provider.fail("/userinfo", with: .timedOut)
        let (session, ticket) = try await goThrough(test)
        #expect(session.isOpen && session.errorCode == "provider_unavailable")
        #expect(try await labels(test) == ["ada@example.test"])
        // It may be Ada, and her connection may live on the same grant.
        #expect(test.provider.requests(to: "/revoke").isEmpty)

        test.answerWell()
        let state = try await test.authorize(session, ticket)["state"] ?? ""
        #expect(try await test.callback("state=\(state)&code=c", ticket).status == .completed)
    }

    @Test func `replace`() async throws {
        let test = try await TestPortal()
        let (session, ticket) = try await comeBackAsBob(test)
        _ = try await test.portal.decide(.replace, for: session, ticket: ticket)
        #expect(try await test.portal.session(session.id)?.status == .completed)
        #expect(try await labels(test) == ["bob@example.test"])
        // A second press changes nothing.
        _ = try await test.portal.decide(.keepBoth, for: session, ticket: ticket)
        #expect(try await labels(test) == ["bob@example.test"])
    }

    @Test func `keep both, however often`() async throws {
        let test = try await TestPortal()
        let (session, ticket) = try await comeBackAsBob(test)
        _ = try await test.portal.decide(.keepBoth, for: session, ticket: ticket)
        #expect(try await labels(test) == ["ada@example.test", "bob@example.test"])
        let (again, ticketAgain) = try await goThrough(test)
        _ = try await test.portal.decide(.keepBoth, for: again, ticket: ticketAgain)
        #expect(try await labels(test) == ["ada@example.test", "bob@example.test"])
        let ids = Set(try await test.connections().map(\.externalID))
        #expect(ids.count == 2 && ids.contains("acct-1"))
    }

    @Test func `sign in with another account`() async throws {
        let test = try await TestPortal()
        let (session, ticket) = try await comeBackAsBob(test)
        guard case .authorize(let url) = try await test.portal.decide(.switchAccount, for: session, ticket: ticket)
        else { throw UnexpectedStep() }
        let query = try #require(FormParameters(encoded: url.drop { $0 != "?" }.dropFirst()))
        #expect(query["prompt"] == "login")
        #expect(test.provider.requests(to: "/revoke").count == 2)
        test.answerWell()
        let done = try await test.callback("state=\(query["state"] ?? "")&code=c", ticket)
        #expect(done.status == .completed)
        #expect(try await labels(test) == ["ada@example.test"])
    }

    @Test func `the grant that somebody signed in again for ends, if need be later`() async throws {
        let test = try await TestPortal()
        let (session, ticket) = try await comeBackAsBob(test)
        test.provider.reply(to: "/revoke", status: 503, "")
        _ = try await test.portal.decide(.switchAccount, for: session, ticket: ticket)
        #expect(test.provider.requests(to: "/revoke").count == 2)
        test.provider.reply(to: "/revoke", "")
        test.clock.advance(by: .seconds(60))
        try await test.portal.run(.revokeRemoved)
        #expect(test.provider.requests(to: "/revoke").count == 4)
    }

    @Test func `who does not decide in time starts again, and the grant is revoked`() async throws {
        let test = try await TestPortal()
        let (session, ticket) = try await comeBackAsBob(test)
        test.clock.advance(by: .seconds(600))
        let later = try #require(try await test.portal.session(session.id))
        #expect(later.isOpen)
        #expect(later.errorCode == "authorization_expired")
        #expect(try await test.portal.accountChoice(of: later) == nil)
        try await test.runDropAbandoned()
        #expect(test.provider.requests(to: "/revoke").count == 2)
        test.answerWell()
        let state = try await test.authorize(later, ticket)["state"] ?? ""
        #expect(try await test.callback("state=\(state)&code=c", ticket).status == .completed)
    }

    @Test func `another browser decides nothing`() async throws {
        let test = try await TestPortal()
        let (session, _) = try await comeBackAsBob(test)
        let stranger = test.ticket(session)
        await #expect(throws: PortalError.self) {
            try await test.portal.decide(.replace, for: session, ticket: stranger)
        }
        #expect(try await labels(test) == ["ada@example.test"])
    }

    @Test func `after the person the app decides`() async throws {
        let test = try await TestPortal()
        let confirming: JSON.Object = ["confirm": "app", "allowedOrigins": ["https://app.example"]]
        let (session, ticket) = try await comeBackAsBob(test, confirming)
        #expect(session.awaiting == .person)
        _ = try await test.portal.decide(.keepBoth, for: session, ticket: ticket)
        let held = try #require(try await test.portal.session(session.id))
        #expect(held.awaiting == .app)
        #expect(try await labels(test) == ["ada@example.test"])
        let handle = test.portal.confirmMessage(of: held)["handle"] ?? .null
        try await test.portal.confirmSession(held.id, ["handle": handle], for: test.key)
        #expect(try await labels(test) == ["ada@example.test", "bob@example.test"])
    }
}
