import Connect
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct CopiedDatabaseTests {
    @Test(arguments: TestEngine.allCases)
    func `a copy renews and revokes nothing until the operator says so`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        try await test.portal.checkHome()
        try await test.portal.checkHome()
        #expect(try await !test.portal.isPaused())
        let connection = try await test.connected()
        let doomed = try await test.connected("doomed", account: "u-2")
        // As if it had been copied from elsewhere.
        try await test.portal.store.write { try $0.set(Home(place: "elsewhere", isPaused: false)) }
        try await test.portal.checkHome()
        #expect(try await test.portal.isPaused())

        test.answerRefresh()
        test.provider.reply(to: "/revoke", "")
        #expect(try await test.tokenOrCode(connection) == "access-sentinel")
        test.clock.advance(by: .seconds(3601))
        try await test.portal.renewDue()
        #expect(try await test.tokenOrCode(connection) == "SERVICE_UNAVAILABLE")
        let forced = await #expect(throws: PortalError.self) {
            try await test.portal.refreshConnection(connection.id, for: test.key)
        }
        #expect(forced?.code == .unavailable)
        try await test.portal.deleteConnection(doomed.id, for: test.key)
        try await test.portal.run(.revokeRemoved)
        #expect(test.refreshes.isEmpty && test.provider.requests(to: "/revoke").isEmpty)
        #expect(try await test.connection(connection.id).status == .active)

        // A restart changes nothing; the operator does.
        try await test.portal.checkHome()
        #expect(try await test.portal.isPaused())
        try await test.portal.moveIn()
        try await test.portal.renewDue()
        #expect(try await test.tokenOrCode(connection) == "access-2")
        test.clock.advance(by: .seconds(10))
        try await test.portal.run(.revokeRemoved)
        #expect(try await test.revokedTokens(2).count == 2)
    }
}
