import Connect
import OAuth
import Outbound
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing

/// What is told to those who count.
@Suite struct HappeningTests {
    @Test func `a session is counted when it is made, when it fails and when it ends`() async throws {
        var test = try await TestPortal()
        let heard = Heard()
        test.portal.observe = heard.note
        test.answerWell()
        _ = try await test.connect(test.mint())
        #expect(heard.take() == [.sessionCreated, .sessionCompleted])

        test.provider.fail("/token", with: .timedOut)
        let minted = try await test.mint(["externalId": "acct-2"])
        let ticket = test.ticket(minted.session)
        let state = try await test.authorize(minted.session, ticket)["state"] ?? ""
        let failed = try await test.callback("state=\(state)&code=c", ticket)
        #expect(heard.take() == [.sessionCreated, .attemptFailed(.providerTimeout)])
        for _ in 0..<2 { _ = try await test.portal.cancel(failed, ticket: ticket, isPopup: false) }
        #expect(heard.take() == [.sessionFailed(code: "provider_timeout")])

        let revoked = try await test.mint(["externalId": "acct-3"]).session.id
        try await test.portal.revokeSession(revoked, for: test.key)
        try await test.portal.revokeSession(revoked, for: test.key)
        #expect(heard.take() == [.sessionCreated, .sessionFailed(code: "revoked")])
    }

    @Test func `a session that nobody confirms is counted once`() async throws {
        var test = try await TestPortal()
        let heard = Heard()
        test.portal.observe = heard.note
        test.answerWell()
        _ = try await test.connect(
            test.mint(["confirm": "app", "endUserId": "dana", "allowedOrigins": ["https://app.example"]])
        )
        test.clock.advance(by: .seconds(86400))
        let job = try #require(Job.all.first { $0.name == "dropAbandoned" })
        try await test.portal.run(job)
        test.clock.advance(by: .seconds(60))
        try await test.portal.run(job)
        #expect(heard.take() == [.sessionCreated, .sessionFailed(code: "not_confirmed")])
    }

    @Test(arguments: [
        (
            ScriptedProvider.Reply.answer(status: 200, headers: [], body: #"{"access_token":"a"}"#),
            RefreshOutcome.renewed
        ),
        (.answer(status: 400, headers: [], body: #"{"error":"invalid_grant"}"#), .grantEnded),
        (.answer(status: 401, headers: [], body: #"{"error":"invalid_client"}"#), .appRefused),
        (.answer(status: 503, headers: [], body: ""), .temporary),
        (.failure(.connectionLost), .outcomeUnknown),
    ])
    func `every attempt to renew is counted with its outcome`(
        reply: ScriptedProvider.Reply,
        outcome: RefreshOutcome
    ) async throws {
        var test = try await TestPortal()
        let heard = Heard()
        let connection = try await test.connected()
        test.portal.observe = heard.note
        test.provider.reply(to: "/token", reply)
        test.clock.advance(by: .seconds(3601))
        #expect(try await test.portal.refreshesDue().count == 1)
        async let one = test.tokenOrCode(connection)
        async let other = test.tokenOrCode(connection)
        _ = try await (one, other)
        #expect(heard.take() == [.refreshed(integration: "sandbox", outcome)])
        #expect(test.portal.refreshesUnderWay == 0)
    }

    @Test func `what is due is counted over all integrations, with the time of the first`() async throws {
        let test = try await TestPortal()
        #expect(try await test.portal.refreshesDue().count == 0)
        let first = try await test.connected()
        test.clock.advance(by: .seconds(60))
        let second = try await test.connected("acct-2", account: "u-2")
        #expect(try await test.portal.refreshesDue().oldest == nil)
        test.clock.advance(by: .seconds(3600))
        let due = try await test.portal.refreshesDue()
        #expect(due.count == 2)
        #expect(due.oldest == [first, second].compactMap(\.refreshing?.dueAt).min())
    }
}

private final class Heard: Sendable {
    private let happenings = Mutex<[Happening]>([])
    @Sendable func note(_ happening: Happening) { happenings.withLock { $0.append(happening) } }

    func take() -> [Happening] {
        happenings.withLock { happenings in
            defer { happenings = [] }
            return happenings
        }
    }
}
