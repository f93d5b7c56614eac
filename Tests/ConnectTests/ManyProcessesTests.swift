import Connect
import Foundation
import OAuth
import Storage
import StrictJSON
import TestSupport
import Testing

/// What must be exact although several processes work on one database.
@Suite struct ManyProcessesTests {
    @Test func `of first starts that race one makes the first key`() async throws {
        let database = try TestDatabase(.postgresql)
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let portal = try await TestPortal.portal(on: try database.open())
                    try await portal.checkEncryptionKeys()
                    return try await portal.bootstrap() != nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        let rows = try await database.store.read {
            try $0.all("SELECT COUNT(*) FROM organization UNION ALL SELECT COUNT(*) FROM apiKey") { try $0[0] as Int }
        }
        #expect(rows == [1, 1])
    }

    @Test func `of two that start with different encryption keys one is refused`() async throws {
        let database = try TestDatabase(.postgresql)
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for letter in ["A", "B"] as [Character] {
                group.addTask {
                    let portal = try await TestPortal.portal(on: try database.open(), letter: letter)
                    do { try await portal.checkEncryptionKeys() } catch is WrongEncryptionKeyError { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 1)
    }

    @Test func `a key that ends at one ends at the other at once`() async throws {
        let one = try await TestPortal(engine: .postgresql)
        let other = try await one.another()
        for ending in ["revoked", "expired"] {
            var body: JSON = ["name": "K"]
            if ending == "expired" {
                body = ["name": "K", "expiresAt": .string((one.clock.now + .seconds(60)).description)]
            }
            let made = try await one.portal.createAPIKey(body, for: one.key)
            for portal in [one.portal, other.portal] {
                #expect(try await portal.authenticate(authorization: "Bearer \(made.plain)").id == made.key.id)
            }
            if ending == "revoked" { try await one.portal.revokeAPIKey(made.key.id, for: one.key) }
            if ending == "expired" { one.clock.advance(by: .seconds(60)) }
            await #expect(throws: PortalError.self) {
                try await other.portal.authenticate(authorization: "Bearer \(made.plain)")
            }
        }
    }

    @Test func `a sign-in begun at one ends at the other, and once however often it comes back`() async throws {
        let one = try await TestPortal(engine: .postgresql)
        let other = try await one.another()
        one.answerWell()
        let minted = try await one.mint(["endUserId": "ada"])
        let session = try await other.portal.session(token: minted.token)
        let ticket = other.ticket(session)
        let state = try #require(try await one.authorize(session, ticket)["state"])
        let statuses = try await withThrowingTaskGroup(of: ConnectSession.Status.self) { group in
            for index in 0..<20 {
                let test = index.isMultiple(of: 2) ? one : other
                group.addTask { try await test.callback("state=\(state)&code=c", ticket).status }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(statuses == [.completed])
        #expect(one.provider.requests(to: "/token").count == 1)
    }

    @Test func `sign-ins of a new person that end at the same moment make one person`() async throws {
        let one = try await TestPortal(engine: .postgresql)
        let other = try await one.another()
        one.answerWell()
        let statuses = try await withThrowingTaskGroup(of: ConnectSession.Status.self) { group in
            for index in 0..<10 {
                let test = index.isMultiple(of: 2) ? one : other
                group.addTask {
                    let minted = try await test.mint(["endUserId": "ada", "externalId": .string("e\(index)")])
                    return try await test.connect(minted).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: .completed, count: 10))
        #expect(try await one.portal.store.read { try $0.endUserCount(of: one.key.organizationID) } == 1)
    }

    @Test(arguments: TestEngine.allCases)
    func `a quota holds whoever asks`(engine: TestEngine) async throws {
        let one = try await TestPortal(engine: engine)
        let other = engine == .sqlite ? one : try await one.another()
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<30 {
                var portal = index.isMultiple(of: 2) ? one.portal : other.portal
                portal.quotas.workspaces = 5
                group.addTask { [portal] in
                    let body: JSON = ["name": "W", "slug": .string("w-\(index)")]
                    do { _ = try await portal.createWorkspace(body, for: one.key) } catch let error as PortalError {
                        #expect(error.code == .quotaExceeded)
                        return false
                    }
                    return true
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // And the one of the first start.
        #expect(made == 4)
    }

    @Test(arguments: TestEngine.allCases)
    func `a job is done by one in each period, and removes what nobody can use`(engine: TestEngine) async throws {
        let one = try await TestPortal(engine: engine)
        let other = engine == .sqlite ? one : try await one.another()
        let minted = try await one.mint()
        _ = try await one.authorize(minted.session, one.ticket(minted.session))
        let attempts: @Sendable () async throws -> Int = {
            try await one.portal.store.read {
                try $0.first("SELECT COUNT(*) FROM authorizationAttempt") { try $0[0] as Int } ?? -1
            }
        }
        let removeExpired = try #require(Job.all.first { $0.name == "removeExpired" })
        try await one.portal.run(removeExpired)
        #expect(try await attempts() == 1)
        one.clock.advance(by: .seconds(600 + 86400))
        try await other.portal.run(removeExpired)
        #expect(try await attempts() == 0)
        let owners = try await one.portal.store.read {
            try $0.all("SELECT owner FROM lease") { try $0[0] as String }
        }
        #expect(owners.count == 1)
    }

    @Test(arguments: TestEngine.allCases)
    func `a session that ended long ago goes with its events, a few at a time`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        let removeExpired = try #require(Job.all.first { $0.name == "removeExpired" })
        let old = try await test.mint(["expiresIn": 60])
        test.clock.advance(by: .seconds(89 * 86400))
        let young = try await test.mint()
        try await test.portal.run(removeExpired)
        #expect(try await test.events(old.session) == ["created"])
        test.clock.advance(by: .seconds(86400 + 60))
        try await test.portal.run(removeExpired)
        await #expect(throws: PortalError.self) { try await test.events(old.session) }
        #expect(try await test.events(young.session) == ["created"])
        let left = try await test.portal.store.read { try $0.events(of: old.session.id).count }
        #expect(left == 0)

        test.clock.advance(by: .seconds(90 * 86400))
        for _ in 0..<2 { _ = try await test.mint(["expiresIn": 60]) }
        test.clock.advance(by: .seconds(91 * 86400))
        let now = test.clock.now
        let removed = try await test.portal.store.write { transaction in
            try [2, 2, 2].map { try transaction.removeSessions(expiredBefore: now, limit: $0) }
        }
        #expect(removed == [2, 1, 0])
    }
}
