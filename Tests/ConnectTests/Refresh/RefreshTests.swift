import Connect
import OAuth
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite struct RefreshTests {
    @Test func `a thousand callers of an expired connection share one request`() async throws {
        let test = try await TestPortal(engine: .sqlite)
        let connection = try await test.connected()
        test.answerRefresh()
        test.clock.advance(by: .seconds(3601))
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<1000 { group.addTask { try await test.tokenOrCode(connection) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["access-2"])
        #expect(test.refreshes.map { $0["refresh_token"] } == ["refresh-sentinel"])
        // It goes on: the new refresh token is the one that is sent next.
        test.answerRefresh(3)
        test.clock.advance(by: .seconds(3601))
        #expect(try await test.tokenOrCode(connection) == "access-3")
        #expect(test.refreshes.map { $0["refresh_token"] } == ["refresh-sentinel", "refresh-2"])
    }

    @Test func `two processes on one database share one request`() async throws {
        let one = try await TestPortal(engine: .postgresql)
        let connection = try await one.connected()
        let other = try await one.another()
        one.answerRefresh()
        one.clock.advance(by: .seconds(3601))
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<40 { group.addTask { try await (index % 2 == 0 ? one : other).tokenOrCode(connection) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["access-2"])
        #expect(one.refreshes.count == 1)
        try await other.portal.store.close()
    }

    @Test func `tokens are renewed ahead of time, and not before`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.answerRefresh()
        let due = try #require(connection.refreshing?.dueAt)
        let expiry = try #require(connection.expiresAt)
        #expect(due < expiry + .seconds(-299) && due > expiry + .seconds(-601))

        test.clock.advance(by: .seconds(2900))
        try await test.portal.renewDue()
        #expect(try await test.tokenOrCode(connection) == "access-sentinel")
        #expect(test.refreshes.isEmpty)

        test.clock.advance(by: .seconds(420))
        try await test.portal.renewDue()
        let renewed = try await test.connection(connection.id)
        #expect(renewed.credentialVersion == 2 && renewed.lastRefreshedAt == test.clock.now)
        #expect(renewed.expiresAt == test.clock.now + .seconds(3600))
        #expect(test.refreshes.count == 1)
    }

    @Test func `an answer without a refresh token keeps the old one, and what else it does not tell`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        for number in 2...3 {
            test.provider.reply(
                to: "/token",
                #"{"access_token":"access-\#(number)","token_type":"Bearer","expires_in":60}"#
            )
            test.clock.advance(by: .seconds(3601))
            #expect(try await test.tokenOrCode(connection) == "access-\(number)")
        }
        #expect(test.refreshes.map { $0["refresh_token"] } == ["refresh-sentinel", "refresh-sentinel"])
        #expect(test.refreshes.allSatisfy { $0["scope"] == nil })
        #expect(try await test.connection(connection.id).grantedScopes == ["profile", "email"])
    }

    @Test func `who goes away does not end the refresh`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.answerRefresh()
        test.clock.advance(by: .seconds(3601))
        let caller = Mutex<Task<String, any Error>?>(nil)
        test.provider.during("/token") { caller.withLock { $0?.cancel() } }
        let task = Task { try await test.tokenOrCode(connection) }
        caller.withLock { $0 = task }
        _ = await task.result
        await test.portal.finishErrands()
        #expect(try await test.connection(connection.id).credentialVersion == 2)
        #expect(test.refreshes.count == 1)
    }

    @Test func `a connection that is removed meanwhile does not come back, and its new tokens are ended`() async throws
    {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.answerRefresh()
        test.provider.reply(to: "/revoke", "")
        test.provider.during("/token") { try? await test.portal.deleteConnection(connection.id, for: test.key) }
        let error = await #expect(throws: PortalError.self) {
            try await test.portal.refreshConnection(connection.id, for: test.key)
        }
        #expect(error?.code == .notFound)
        try await test.portal.run(.revokeRemoved)
        let revoked = try await test.revokedTokens(4)
        #expect(revoked == ["access-sentinel", "refresh-sentinel", "access-2", "refresh-2"])
    }

    @Test func `a refresh can be forced ten times a minute`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.answerRefresh()
        for version in 2...11 {
            #expect(try await test.portal.refreshConnection(connection.id, for: test.key).credentialVersion == version)
        }
        let error = await #expect(throws: PortalError.self) {
            try await test.portal.refreshConnection(connection.id, for: test.key)
        }
        #expect(error?.code == .rateLimitExceeded)
        #expect(error?.details["retryAfter"] == 60)
        test.clock.advance(by: .seconds(60))
        _ = try await test.portal.refreshConnection(connection.id, for: test.key)
    }

    @Test func `what was typed has nothing to refresh`() async throws {
        let test = try await TestPortal()
        let connection = try await test.portal.createConnection(
            [
                "type": "SECRET_TEXT", "secretText": "sk-1", "externalId": "k", "displayName": "Key",
                "integrationName": "openai",
            ],
            for: test.key
        )
        let error = await #expect(throws: PortalError.self) {
            try await test.portal.refreshConnection(connection.id, for: test.key)
        }
        #expect(error?.code == .nothingToRefresh)
    }

    @Test func `a clock that jumps neither kills tokens nor trusts old plans`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        // A day ahead: it is renewed, and nothing is lost.
        test.answerRefresh(2)
        test.clock.advance(by: .seconds(86400))
        #expect(try await test.tokenOrCode(connection) == "access-2")
        // Back again: the plan of the future does not hold.
        test.answerRefresh(3)
        test.clock.advance(by: .seconds(-86400))
        try await test.portal.mistrustPlans()
        try await test.portal.renewDue()
        #expect(try await test.tokenOrCode(connection) == "access-3")
    }
}
