import Connect
import Integrations
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct PortalLinkTests {
    private func prepared() async throws -> (TestPortal, EndUser) {
        let test = try await TestPortal()
        return (test, try await test.endUserWithOffers("dana@example.test"))
    }

    @Test func `a person sees what is offered, connects, connects again and disconnects`() async throws {
        let (test, user) = try await prepared()
        test.answerWell()
        let link = try await test.portal.createPortalLink(for: user.id, [:], for: test.key)
        #expect(link.expiresAt == test.clock.now + .seconds(604_800))
        #expect(link.connectURL == "http://localhost/connect/portal?token=\(link.token)")
        #expect(!link.token.contains("dana"))
        let opened = try await test.portal.openPortal(link: link.token)
        #expect(opened.endUserExternalID == "dana@example.test")
        #expect(opened.entries.map(\.integration.name) == ["sandbox", "openai"])
        #expect(opened.entries.allSatisfy { $0.connections.isEmpty })

        let minted = try await test.portal.connectFromPortal(link: link.token, integration: "sandbox", again: nil)
        let made = try await test.connect(minted)
        let mine = try await test.portal.openPortal(link: link.token).entries[0].connections
        #expect(mine.map(\.accountLabel) == ["ada@example.test"])
        #expect(mine[0].scope == .user)

        let again = try await test.portal.connectFromPortal(link: link.token, integration: "sandbox", again: mine[0].id)
        #expect(try await test.connect(again).connectionID == made.connectionID)

        try await test.portal.renameFromPortal(link: link.token, mine[0].id, to: "  Work  ")
        #expect(try await test.portal.openPortal(link: link.token).entries[0].connections[0].displayName == "Work")
        await #expect(throws: PlainText.Problem.self) {
            try await test.portal.renameFromPortal(link: link.token, mine[0].id, to: "a\u{202E}b")
        }
        await #expect(throws: PortalError.self) {
            try await test.portal.renameFromPortal(link: link.token, .init(rawValue: "unknown"), to: "X")
        }

        try await test.portal.disconnectFromPortal(link: link.token, mine[0].id)
        #expect(try await test.portal.openPortal(link: link.token).entries[0].connections.isEmpty)
    }

    @Test func `a link is good for its user, its integration and its time`() async throws {
        let (test, user) = try await prepared()
        let others = try await test.portal.createConnection(
            [
                "type": "SECRET_TEXT", "externalId": "x", "displayName": "X", "integrationName": "openai",
                "secretText": "sk-1",
                "workspaceId": .string(user.workspaceID.rawValue), "endUserId": "eve",
            ],
            for: test.key
        )
        let link = try await test.portal.createPortalLink(
            for: user.id,
            ["integrationName": "openai", "expiresIn": 3600],
            for: test.key
        )
        #expect(try await test.portal.openPortal(link: link.token).entries.map(\.integration.name) == ["openai"])
        await #expect(throws: PortalError.self) {
            try await test.portal.disconnectFromPortal(link: link.token, others.id)
        }
        await #expect(throws: PortalError.self) {
            try await test.portal.connectFromPortal(link: link.token, integration: "sandbox", again: nil)
        }
        // A link of one kind is worth nothing as the other.
        let session = try await test.mint()
        await #expect(throws: PortalError.self) { try await test.portal.session(token: link.token) }
        await #expect(throws: PortalError.self) { try await test.portal.openPortal(link: session.token) }
        await #expect(throws: PortalError.self) {
            try await test.portal.openPortal(link: "eut_" + session.token.dropFirst(4))
        }
        test.clock.advance(by: .seconds(3601))
        await #expect(throws: PortalError.self) { try await test.portal.openPortal(link: link.token) }
    }

    @Test func `a link ends with the person it was for`() async throws {
        let (test, user) = try await prepared()
        let link = try await test.portal.createPortalLink(for: user.id, [:], for: test.key)
        _ = try await test.portal.openPortal(link: link.token)
        _ = try await test.portal.deleteEndUser(user.id, for: test.key)
        let body: JSON = ["workspaceId": .string(user.workspaceID.rawValue), "externalId": .string(user.externalID)]
        _ = try await test.portal.createEndUser(body, for: test.key)
        let error = await #expect(throws: PortalError.self) { try await test.portal.openPortal(link: link.token) }
        #expect(error?.code == .invalidToken)
    }

    @Test func `what has no OAuth app is not offered, until it has one`() async throws {
        let (test, user) = try await prepared()
        let link = try await test.portal.createPortalLink(for: user.id, [:], for: test.key)
        func offer(_ body: JSON) async throws {
            _ = try await test.portal.addIntegration(to: user.workspaceID, body, for: test.key)
        }
        try await offer(["integrationName": "slack"])
        try await offer(["integrationName": "airtable", "authMethodKey": "oauth2"])
        try await offer([
            "integrationName": "airtable", "authMethodKey": "personal_access_token", "alias": "airtable-by-token",
        ])
        func keys() async throws -> [String] { try await test.portal.openPortal(link: link.token).entries.map(\.key) }
        #expect(try await keys() == ["sandbox", "openai", "airtable-by-token"])
        await #expect(throws: PortalError.self) {
            try await test.portal.connectFromPortal(link: link.token, integration: "airtable", again: nil)
        }
        let minted = try await test.portal.connectFromPortal(
            link: link.token,
            integration: "airtable-by-token",
            again: nil
        )
        #expect(minted.session.integrationName == "airtable")
        #expect(minted.session.authMethodKey == "personal_access_token")

        let app = try await test.portal.createOAuthApp(
            ["integrationName": "slack", "clientId": "1", "clientSecret": "2"],
            for: test.key
        )
        #expect(try await keys().contains("slack"))
        _ = try await test.portal.createConnection(
            [
                "type": "OAUTH2", "externalId": "x", "displayName": "X", "integrationName": "slack",
                "accessToken": "t", "workspaceId": .string(user.workspaceID.rawValue),
                "endUserId": .string(user.externalID),
            ],
            for: test.key
        )
        try await test.portal.deleteOAuthApp(app.id, for: test.key)
        let slack = try await test.portal.openPortal(link: link.token).entries.first { $0.key == "slack" }
        #expect(slack?.connections.count == 1, "what is connected stays in sight")
        #expect(slack?.isConnectable == false)
    }

    @Test func `a missing connection brings a link`() async throws {
        let (test, user) = try await prepared()
        let question: JSON = [
            "integrationName": "sandbox", "workspaceId": .string(user.workspaceID.rawValue), "endUserId": "nobody yet",
        ]
        let missing = await #expect(throws: PortalError.self) {
            try await test.portal.resolveConnection(question, for: test.key)
        }
        let url = try #require(missing?.details["connectUrl"]?.string)
        let token = try #require(url.split(separator: "=").last)
        let opened = try await test.portal.openPortal(link: String(token))
        #expect(opened.endUserExternalID == "nobody yet")
        #expect(opened.entries.map(\.integration.name) == ["sandbox"])
    }
}
