import Connect
import OAuth
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite struct RenewDueTests {
    /// How many requests are under way, and the most there were.
    private final class Gauge: Sendable {
        private let counts = Mutex((now: 0, most: 0))
        var most: Int { counts.withLock { $0.most } }

        func pass() async {
            counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            for _ in 0..<20 { await Task.yield() }
            counts.withLock { $0.now -= 1 }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a burst is drained, few at once, and each connection is renewed once`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        for index in 0..<60 { _ = try await test.connected("acct-\(index)") }
        test.answerRefresh()
        test.clock.advance(by: .seconds(3601))
        let gauge = Gauge()
        test.provider.during("/token") { await gauge.pass() }
        try await test.portal.renewDue(atOnce: 16, ofOneIntegration: 4)
        #expect(test.refreshes.count == 60)
        #expect(gauge.most <= 4)
        let all = try await test.portal.connections(for: test.key, ConnectionFilter(), ListPage(limit: 100)).rows
        #expect(all.allSatisfy { $0.credentialVersion == 2 && $0.refreshing?.failures == 0 })
    }

    @Test func `a provider that does not answer holds up its own connections alone`() async throws {
        let test = try await TestPortal()
        for index in 0..<6 { _ = try await test.connected("acct-\(index)") }
        let other = try await test.portal.createConnection(
            [
                "type": "PLATFORM_OAUTH2", "integrationName": "google", "externalId": "g", "displayName": "Mail",
                "accessToken": "ya29", "refreshToken": "1//x", "expiresIn": 3600,
            ],
            for: test.key
        )
        test.clock.advance(by: .seconds(3601))
        let (answers, stop) = AsyncStream.makeStream(of: Void.self)
        test.provider.during(":9999/token") { for await _ in answers {} }
        test.provider.reply(
            to: "googleapis.com/token",
            #"{"access_token":"ya30","token_type":"Bearer","expires_in":3600}"#
        )
        test.answerRefresh()
        let draining = Task { try await test.portal.renewDue(atOnce: 8, ofOneIntegration: 4) }
        try await eventually { try await test.connection(other.id).credentialVersion == 2 }
        try await eventually { test.refreshes.filter { $0["refresh_token"] == "refresh-sentinel" }.count == 4 }
        stop.finish()
        try await draining.value
        #expect(test.refreshes.count == 7)
    }
}
