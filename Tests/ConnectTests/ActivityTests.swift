@testable import Connect
import Storage
import StrictJSON
import TestSupport
import Testing

/// Who did what is written down with what they did.
@Suite struct ActivityTests {
    private let test: TestPortal

    init() async throws { test = try await TestPortal() }

    private func entries(_ change: (inout ActivityFilter) -> Void = { _ in }) async throws -> [Activity] {
        var filter = ActivityFilter()
        change(&filter)
        return try await test.portal.activity(for: test.key, filter, limit: 100, after: nil).entries.reversed()
    }

    private func types(_ change: (inout ActivityFilter) -> Void = { _ in }) async throws -> [String] {
        try await entries(change).map(\.type)
    }

    @Test func `every change by a key is there, with the key and the request`() async throws {
        let (portal, key, workspace) = (test.portal, test.key, test.firstStart.workspace.id)
        let before = try await entries().count
        try await RequestOrigin.$current.withValue(RequestOrigin(requestID: "request-1", address: "192.0.2.7")) {
            let made = try await portal.createAPIKey(["name": "Second"], for: key)
            try await portal.revokeAPIKey(made.key.id, for: key)
            let other = try await portal.createWorkspace(["name": "Other", "slug": "other"], for: key)
            _ = try await portal.updateWorkspace(other.id, ["name": "Another"], for: key)
            try await portal.deleteWorkspace(other.id, for: key)
            let body: JSON = [
                "integrationName": "google", "displayName": "Own", "clientId": "c", "clientSecret": "secret-sentinel",
            ]
            let app = try await portal.createOAuthApp(body, for: key)
            _ = try await portal.updateOAuthApp(app.id, ["clientSecret": "other-sentinel"], for: key)
            try await portal.deleteOAuthApp(app.id, for: key)
            let offer: JSON = ["integrationName": "openai", "authMethodKey": "api_key"]
            let offered = try await portal.addIntegration(to: workspace, offer, for: key)
            _ = try await portal.updateIntegration(offered.id, in: workspace, ["sortOrder": 3], for: key)
            try await portal.removeIntegration(offered.id, from: workspace, for: key)
            let user = try await portal.createEndUser(
                ["workspaceId": .string(workspace.rawValue), "externalId": "ada"],
                for: key
            )
            _ = try await portal.updateEndUser(user.id, ["displayName": "Ada"], for: key)
            _ = try await portal.createPortalLink(for: user.id, [:], for: key)
            _ = try await portal.deleteEndUser(user.id, for: key)
            let connection = try await portal.createConnection(
                [
                    "type": "SECRET_TEXT", "secretText": "typed-sentinel", "externalId": "k", "displayName": "Key",
                    "integrationName": "openai",
                ],
                for: key
            )
            _ = try await portal.renameConnection(connection.id, ["displayName": "Its key"], for: key)
            _ = try await portal.credentials(of: connection, for: key)
            try await portal.deleteConnection(connection.id, for: key)
            let minted = try await test.mint()
            try await portal.revokeSession(minted.session.id, for: key)
        }
        let entries = try await entries().dropFirst(before)
        #expect(
            entries.map(\.type) == [
                "api_key.created", "api_key.revoked", "workspace.created", "workspace.updated", "workspace.deleted",
                "oauth_app.created", "oauth_app.updated", "oauth_app.deleted", "workspace_integration.created",
                "workspace_integration.updated", "workspace_integration.deleted", "end_user.created",
                "end_user.updated", "end_user.link_created", "end_user.deleted", "connection.created",
                "connection.renamed", "connection.credentials_read", "connection.deleted", "session.created",
                "session.revoked",
            ]
        )
        for entry in entries {
            #expect(entry.actor == .key(key) && entry.status == .success, "\(entry.type)")
            #expect(entry.requestID == "request-1" && entry.address == "192.0.2.7", "\(entry.type)")
            #expect(entry.object?.id != nil, "\(entry.type)")
            #expect(!entry.detail.text.contains("sentinel"), "\(entry.type)")
        }
        #expect(entries.first { $0.type == "oauth_app.updated" }?.detail == ["fields": ["clientSecret"]])
        #expect(try await portal.proveActivity().count >= entries.count)
    }

    @Test func `a person's way is there from the link to the connection`() async throws {
        test.answerWell()
        let minted = try await test.mint(["endUserId": "ada"])
        let session = try await test.connect(minted)
        let ofSession = try await entries { $0.objectID = session.id.rawValue }
        #expect(ofSession.map(\.type) == ["session.created", "session.authorization_started", "session.completed"])
        #expect(ofSession.map(\.actor.type) == ["api_key", "end_user", "end_user"])
        #expect(ofSession.last?.actor.id == "ada")
        let connection = try #require(session.connectionID)
        #expect(try await types { $0.objectID = connection.rawValue } == ["connection.created"])
        let again = try await test.connect(try await test.mint(["endUserId": "ada"]))
        #expect(again.connectionID == connection)
        #expect(
            try await types { $0.objectID = connection.rawValue } == ["connection.created", "connection.reconnected"]
        )
    }

    @Test func `what is refused is there, and once a minute from one address`() async throws {
        let portal = test.portal
        test.provider.reply(to: "/token", status: 400, #"{"error":"invalid_grant"}"#)
        let session = try await test.connect(try await test.mint())
        #expect(try await types { $0.status = .failure } == ["session.exchange_failed"])

        let ticket = test.ticket(session)
        let unknown = "state=\(String(repeating: "A", count: 43))&code=c"
        for query in [unknown, "code=c", unknown, "code=d"] {
            await #expect(throws: PortalError.self) { try await test.callback(query, ticket) }
        }
        for _ in 1...3 {
            await #expect(throws: PortalError.self) {
                try await portal.authenticate(authorization: "Bearer wvz_\(String(repeating: "0", count: 32))")
            }
        }
        // These are nobody's: the operator sees them.
        var refused: [String] = []
        try await portal.exportActivity { entry, _ in
            if entry.organizationID == nil { refused.append("\(entry.type) \(entry.detail["reason"]?.string ?? "")") }
        }
        #expect(refused == ["callback.refused unknown_state", "callback.refused malformed", "api_key.refused unknown"])

        let shy = try await portal.createAPIKey(["name": "Shy", "permissions": ["credentials": "none"]], for: test.key)
        let connection = try await test.connected("acct-2")
        await #expect(throws: PortalError.self) { try await portal.credentials(of: connection, for: shy.key) }
        let read = try await entries { $0.type = "connection.credentials_read" }
        #expect(read.map(\.status) == [.failure] && read.map(\.actor) == [.key(shy.key)])
    }

    @Test func `no secret leaves where that cannot be written down`() async throws {
        let connection = try await test.connected()
        #expect(try await test.read(connection)["accessToken"] == "access-sentinel")
        var portal = test.portal
        portal.store = try Database(reading: test.database.location)
        await #expect(throws: (any Error).self) { try await portal.credentials(of: connection, for: test.key) }
    }

    @Test func `a key sees what it may`() async throws {
        let portal = test.portal
        let workspace = test.firstStart.workspace.id.rawValue
        let other = try await portal.createWorkspace(["name": "Other", "slug": "other"], for: test.key)
        _ = try await test.mint()
        let scope: JSON = ["scope": "workspace", "workspaceIds": [.string(workspace)]]
        let limited = try await portal.createAPIKey(["name": "Limited", "permissions": scope], for: test.key)
        let blind = try await portal.createAPIKey(
            ["name": "Blind", "permissions": ["activity": "none"]],
            for: test.key
        )
        let page = try await portal.activity(for: limited.key, ActivityFilter(), limit: 100, after: nil)
        #expect(page.entries.map(\.type) == ["session.created"])
        #expect(try await types { $0.workspaceID = other.id } == ["workspace.created"])
        await #expect(throws: PortalError.self) {
            try await portal.activity(for: blind.key, ActivityFilter(), limit: 1, after: nil)
        }
    }

    @Test func `what is old goes, and the log stays whole over a change of the encryption keys`() async throws {
        var portal = test.portal
        portal.activityDays = 30
        _ = try await test.mint()
        let noted = try await portal.proveActivity().heads
        test.clock.advance(by: .seconds(86400 * 20))
        _ = try await test.mint(["externalId": "later"])
        test.clock.advance(by: .seconds(86400 * 11))
        try await portal.pruneActivity()
        #expect(try await types() == ["session.created"])

        portal.keys = try KeyRing(
            text: "k2:\(String(repeating: "B", count: 42))A=,k1:\(String(repeating: "A", count: 42))A="
        )
        portal.sealer = Sealer(portal.keys)
        _ = try await portal.rotateEncryptionKeys()
        var later = try await TestPortal.portal(on: test.database.store, test.provider, test.clock)
        later.keys = try KeyRing(text: "k2:\(String(repeating: "B", count: 42))A=")
        later.sealer = Sealer(later.keys)
        // The session, that old ones were pruned, and that the keys were rotated.
        #expect(try await later.proveActivity(noted: noted).count == 3)
        try await later.record(later.entry(.serverStarted, by: .operator, on: nil, of: nil))
        #expect(try await later.proveActivity(noted: noted).count == 4)
    }
}
