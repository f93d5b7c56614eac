import Connect
import Foundation
import OAuth
import Outbound
import Storage
import Synchronization
import TestSupport
import Testing

/// Tokens that were issued and are not kept end at their provider.
@Suite struct GiveBackTests {
    private static let both: Set = ["access-sentinel", "refresh-sentinel"]

    /// Comes back from the provider while something happens during the exchange.
    private func comeBack(
        _ test: TestPortal,
        while action: @escaping @Sendable (ConnectSession) async -> Void
    )
        async throws -> ConnectSession
    {
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try await test.authorize(minted.session, ticket)["state"] ?? ""
        test.provider.during("/token") { await action(minted.session) }
        return try await test.callback("state=\(state)&code=c", ticket)
    }

    @Test(arguments: TestEngine.allCases)
    func `a session that its app ends during the exchange leaves no grant`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        test.answerWell()
        test.provider.reply(to: "/revoke", "")
        let session = try await comeBack(test) { try? await test.portal.revokeSession($0.id, for: test.key) }
        #expect(session.errorCode == "revoked")
        #expect(try await test.connections().isEmpty)
        #expect(try await test.revokedTokens(2) == Self.both)
    }

    @Test func `a provider that is down just then is asked again`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        test.provider.fail("/revoke", with: .connectionFailed)
        _ = try await comeBack(test) { try? await test.portal.revokeSession($0.id, for: test.key) }
        let asked = test.provider.requests(to: "/revoke").count
        test.provider.reply(to: "/revoke", "")
        test.clock.advance(by: .seconds(60))
        try await test.portal.run(.revokeRemoved)
        #expect(try await test.revokedTokens(asked + 2) == Self.both)
    }

    /// Both sign-ins are of one person, and many providers keep one grant for both.
    @Test func `of two sign-ins in one session the second does not end the first`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        test.provider.reply(to: "/revoke", "")
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let first = try await test.authorize(minted.session, ticket)["state"] ?? ""
        let second = try await test.authorize(minted.session, ticket)["state"] ?? ""
        let isFirst = Mutex(true)
        test.provider.during("/token") {
            guard
                isFirst.withLock({ isFirst in
                    defer { isFirst = false }; return isFirst
                })
            else { return }
            _ = try? await test.callback("state=\(first)&code=c", ticket)
        }
        #expect(try await test.callback("state=\(second)&code=c", ticket).status == .completed)
        #expect(test.provider.requests(to: "/token").count == 2)
        #expect(try await test.connections().count == 1)
        #expect(test.provider.requests(to: "/revoke").isEmpty)
    }
}
