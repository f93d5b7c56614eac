import Connect
import Foundation
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

extension TestPortal {
    /// What the audit log says of grants that were to be ended.
    fileprivate func endings() async throws -> [Activity.Status] {
        var filter = ActivityFilter()
        filter.type = "connection.grant_ended"
        return try await portal.activity(for: key, filter, limit: 10, after: nil).entries.map(\.status)
    }

    /// The tokens that the provider was asked to end, as soon as there are so many.
    func revokedTokens(_ count: Int) async throws -> Set<String> {
        try await eventually { provider.requests(to: "/revoke").count >= count }
        return Set(
            provider.requests(to: "/revoke")
                .compactMap { FormParameters(encoded: String(decoding: $0.body ?? [], as: UTF8.self))?["token"] }
        )
    }
}

@Suite struct RevocationTests {
    private static let both: Set = ["access-sentinel", "refresh-sentinel"]

    @Test(arguments: TestEngine.allCases)
    func `whatever removes a connection ends its grant, and nothing of it stays`(engine: TestEngine) async throws {
        for way in ["connection", "end user", "workspace"] {
            let test = try await TestPortal(engine: engine)
            let connection = try await test.connected()
            let (id, organization) = (connection.id, connection.organizationID)
            let sealed = try await test.portal.store.read { try $0.sealedCredentials(id, of: organization)?.0 }
            test.provider.reply(to: "/revoke", "")
            switch way {
            case "connection": try await test.portal.deleteConnection(connection.id, for: test.key)
            case "end user":
                _ = try await test.portal.deleteEndUser(try #require(connection.endUserID), for: test.key)
            default: try await test.portal.deleteWorkspace(test.firstStart.workspace.id, for: test.key)
            }
            #expect(try await test.revokedTokens(2) == Self.both, "\(way)")
            try await test.settle()
            guard engine == .sqlite, let sealed else { continue }
            try await eventually { try await test.database.contents().range(of: sealed) == nil }
        }
    }

    @Test func `a provider that is down is asked again, for a day`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.reply(to: "/revoke", status: 503, "")
        try await test.portal.deleteConnection(connection.id, for: test.key)
        _ = try await test.revokedTokens(2)
        await #expect(throws: PortalError.self) { try await test.connection(connection.id) }

        test.provider.reply(to: "/revoke", "")
        test.clock.advance(by: .seconds(60))
        try await test.portal.run(.revokeRemoved)
        try await test.settle()
        #expect(test.provider.requests(to: "/revoke").count == 4)
        #expect(try await test.endings() == [.success])
    }

    @Test func `a provider that says when is asked then`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.reply(to: "/revoke", status: 503, headers: [("Retry-After", "600")], "")
        try await test.portal.deleteConnection(connection.id, for: test.key)
        _ = try await test.revokedTokens(2)
        try await eventually { try await test.isPlanned(after: .seconds(599)) }
        test.provider.reply(to: "/revoke", "")
        test.clock.advance(by: .seconds(599))
        try await test.portal.run(.revokeRemoved)
        #expect(test.provider.requests(to: "/revoke").count == 2)
        test.clock.advance(by: .seconds(100))
        try await test.portal.run(.revokeRemoved)
        try await test.settle()
        #expect(test.provider.requests(to: "/revoke").count == 4)
    }

    @Test func `nobody is asked for ever`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.fail("/revoke", with: .connectionFailed)
        try await test.portal.deleteConnection(connection.id, for: test.key)
        _ = try await test.revokedTokens(1)
        for _ in 0..<60 {
            test.clock.advance(by: .seconds(3600))
            try await test.portal.run(.revokeRemoved)
        }
        let count = test.provider.requests(to: "/revoke").count
        #expect(count > 10 && count < 60, "\(count)")
        try await test.settle()
        #expect(try await test.endings() == [.failure])
    }

    /// Many providers keep one grant for a person and an app: to end one token ends them all.
    @Test func `the grant stays while another connection is of the same account`() async throws {
        let test = try await TestPortal()
        let first = try await test.connected("acct-1")
        let second = try await test.connected("acct-2")
        let third = try await test.connected("acct-3", account: "u-2")
        test.provider.reply(to: "/revoke", "")
        try await test.portal.deleteConnection(first.id, for: test.key)
        try await test.settle()
        #expect(test.provider.requests(to: "/revoke").isEmpty)
        for connection in [second, third] { try await test.portal.deleteConnection(connection.id, for: test.key) }
        _ = try await test.revokedTokens(4)
        #expect(test.provider.requests(to: "/revoke").count == 4)
    }
}

extension TestPortal {
    /// Whether no grant is to be ended before.
    fileprivate func isPlanned(after delay: Duration) async throws -> Bool {
        let then = clock.now + delay
        return try await portal.store.read { try $0.dueRevocations(at: then, limit: 1).isEmpty }
    }

    /// Waits until no grant is left to be ended.
    fileprivate func settle() async throws {
        let later = clock.now + .seconds(1_000_000)
        try await eventually { try await portal.store.read { try $0.dueRevocations(at: later, limit: 1).isEmpty } }
    }
}
