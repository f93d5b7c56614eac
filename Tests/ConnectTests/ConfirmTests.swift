import Connect
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct ConfirmTests {
    private static let confirming: JSON.Object = [
        "confirm": "app", "endUserId": "dana", "allowedOrigins": ["https://app.example"],
    ]

    private static func handle(_ portal: Portal, _ session: ConnectSession) -> JSON {
        ["handle": portal.confirmMessage(of: session)["handle"] ?? .null]
    }

    @Test func `there is no connection until the app's backend has confirmed, once`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let held = try await test.connect(try await test.mint(Self.confirming))
        #expect(held.status == .connecting)
        #expect(held.awaiting == .app)
        #expect(held.messageTargets == ["https://app.example"])
        #expect(try await test.connections().isEmpty)

        let body = Self.handle(test.portal, held)
        try await test.portal.confirmSession(held.id, body, for: test.key)
        let (session, events) = try await test.portal.session(held.id, for: test.key)
        #expect(session.status == .completed)
        #expect(session.awaiting == nil)
        #expect(events.map(\.type) == ["created", "authorization_started", "confirmation_awaited", "completed"])
        let connection = try #require(try await test.connections().first)
        #expect(connection.id == session.connectionID)
        #expect(connection.accountLabel == "ada@example.test")
        #expect(connection.grantedScopes == ["profile", "email"])
        #expect(try await test.portal.missingScopes(of: session) == ["notes.read"])
        let credentials = try await test.portal.credentials(of: connection, for: test.key)
        #expect(credentials.json["accessToken"] == "access-sentinel")

        await #expect(throws: PortalError.self) {
            try await test.portal.confirmSession(held.id, body, for: test.key)
        }
    }

    @Test func `the handle is of one wait of one session`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let one = try await test.connect(try await test.mint(Self.confirming))
        let two = try await test.connect(try await test.mint(Self.confirming.setting("externalId", "acct-2")))
        let bad: [JSON] = [Self.handle(test.portal, two), ["handle": "AAAA"], ["handle": ""], ["handle": 1], [:], []]
        for body in bad {
            do {
                try await test.portal.confirmSession(one.id, body, for: test.key)
                Issue.record("taken: \(body.text)")
            } catch let error as PortalError { #expect(error.code == .validation) }
        }
        #expect(try await test.connections().isEmpty)
        try await test.portal.confirmSession(one.id, Self.handle(test.portal, one), for: test.key)
        #expect(try await test.connections().count == 1)
    }

    @Test func `what nobody confirms in time is dropped and revoked at the provider`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        test.provider.reply(to: "/revoke", "")
        let held = try await test.connect(try await test.mint(Self.confirming))
        let body = Self.handle(test.portal, held)
        test.clock.advance(by: .seconds(120))
        let late = try #require(try await test.portal.session(held.id))
        #expect(late.status == .failed)
        #expect(late.errorCode == "not_confirmed")
        await #expect(throws: PortalError.self) {
            try await test.portal.confirmSession(held.id, body, for: test.key)
        }
        try await test.runDropAbandoned()
        #expect(try await test.connections().isEmpty)
        #expect(try await test.events(held).last == "not_confirmed")
        let revoked = test.provider.requests(to: "/revoke").compactMap {
            FormParameters(encoded: String(decoding: $0.body ?? [], as: UTF8.self))?["token"]
        }
        #expect(revoked == ["refresh-sentinel", "access-sentinel"])
    }

    @Test func `a session that ends otherwise takes what it held with it`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let held = try await test.connect(try await test.mint(Self.confirming))
        try await test.portal.revokeSession(held.id, for: test.key)
        await #expect(throws: PortalError.self) {
            try await test.portal.confirmSession(held.id, Self.handle(test.portal, held), for: test.key)
        }
        try await test.runDropAbandoned()
        #expect(test.provider.requests(to: "/revoke").count == 2)
        #expect(try await test.portal.store.read { try $0.heldConnection(of: held.id) } == nil)
    }

    @Test func `somewhere to give the handle must be named`() async throws {
        let test = try await TestPortal()
        for changes: JSON.Object in [["confirm": "app"], ["confirm": "me"], ["confirm": true]] {
            do {
                _ = try await test.mint(changes)
                Issue.record("taken: \(JSON.object(changes).text)")
            } catch let error as PortalError { #expect(error.details["fields"]?["confirm"] != nil) }
        }
        let minted = try await test.mint(["confirm": "app", "successRedirectUri": "https://app.example/back?x=1"])
        test.answerWell()
        let held = try await test.connect(minted)
        let url = try #require(test.portal.confirmURL(of: held))
        let query = try #require(FormParameters(encoded: url.drop { $0 != "?" }.dropFirst()))
        #expect(url.hasPrefix("https://app.example/back?x=1&"))
        #expect(query["status"] == "confirm")
        #expect(query["confirmHandle"].map { .string($0) } == test.portal.confirmMessage(of: held)["handle"])
    }
}

extension TestPortal {
    func connections() async throws -> [Connection] {
        try await portal.store.read { try $0.connections(of: key.organizationID).rows }
    }

    func runDropAbandoned() async throws {
        for job in Job.all where job.name == "dropAbandoned" { try await portal.run(job) }
    }
}

extension JSON.Object {
    func setting(_ name: String, _ value: JSON) -> JSON.Object {
        var object = self
        object[name] = value
        return object
    }
}
