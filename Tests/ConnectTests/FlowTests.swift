import Connect
import Foundation
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct FlowTests {
    @Test func `a connection is made, sealed and told`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint(["endUserId": "dana"])
        let ticket = test.ticket(minted.session)
        let request = try await test.authorize(minted.session, ticket)
        let verifier = try #require(request["code_challenge"])
        #expect(request["redirect_uri"] == "http://localhost/api/v1/connect/oauth-callback")
        #expect(request["scope"] == "profile email notes.read")

        let state = try #require(request["state"])
        let session = try await test.callback("state=\(state)&code=code-sentinel", ticket)
        #expect(session.status == .completed)
        let id = try #require(session.connectionID)
        let connection = try #require(
            try await test.portal.store.read { try $0.connection(id, of: test.key.organizationID) }
        )
        #expect(connection.status == .active)
        #expect(connection.type == .platformOAuth2)
        #expect(connection.scope == .user)
        #expect(connection.endUserExternalID == "dana")
        #expect(connection.accountLabel == "ada@example.test")
        #expect(connection.grantedScopes == ["profile", "email"])
        #expect(connection.expiresAt == test.clock.now + .seconds(3600))
        #expect(try await test.events(session) == ["created", "authorization_started", "completed"])

        let sent = try #require(test.provider.requests(to: "/token").first)
        let form = try #require(FormParameters(encoded: String(decoding: sent.body ?? [], as: UTF8.self)))
        #expect(sent.usesFreshConnection)
        #expect(CodeVerifier(Secret(form["code_verifier"] ?? "")).challenge == verifier)

        // Nothing that must stay secret is readable in any file.
        let bytes = try await test.database.contents()
        for secret in [
            "access-sentinel", "refresh-sentinel", "code-sentinel", state, form["code_verifier"] ?? "?",
            TestPortal.clientSecret,
        ] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil)
        }
    }

    @Test func `a token's life counts from the request, however slow the provider`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        for path in ["/token", "/userinfo"] { test.provider.during(path) { test.clock.advance(by: .seconds(25)) } }
        let asked = test.clock.now
        let session = try await test.connect(try await test.mint())
        let connection = try await test.connection(try #require(session.connectionID))
        #expect(test.clock.now == asked + .seconds(50))
        #expect(connection.expiresAt == asked + .seconds(3600))
    }

    @Test func `a provider without PKCE leaves a note`() async throws {
        let acme = try await Acme(.init(.oauth2, "pkce: none"))
        let visit = try await acme.press()
        let events = try await acme.test.portal.session(visit.session.id, for: acme.test.key).1
        #expect(visit.query["code_challenge"] == nil)
        #expect(events.last?.type == "authorization_started" && events.last?.detail["pkce"] == "none")
        let usual = try await Acme().press()
        #expect(usual.query["code_challenge"] != nil)
    }

    @Test func `what the person left out is told, and may be asked for again`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint(["endUserId": "dana", "locale": "de", "metadata": ["plan": "pro"]])
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        let partial = try await test.callback("state=\(state)&code=c", ticket)
        #expect(partial.status == .completed)
        #expect(try await test.portal.missingScopes(of: partial) == ["notes.read"])

        await #expect(throws: PortalError.self) {
            try await test.portal.askAgain(partial, ticket: test.ticket(minted.session))
        }
        let again = try await test.portal.askAgain(partial, ticket: ticket)
        #expect(again.session.reconnectID == partial.connectionID)
        #expect(again.session.locale == "de")
        #expect(again.session.metadata == ["plan": "pro"])
        test.provider.reply(to: "/token", #"{"access_token":"a","scope":"profile email notes.read"}"#)
        let whole = try await test.connect(again)
        #expect(whole.connectionID == partial.connectionID)
        #expect(try await test.portal.missingScopes(of: whole) == [])
        await #expect(throws: PortalError.self) { try await test.portal.askAgain(whole, ticket: ticket) }
    }

    @Test func `a scope under another name, or no word of scopes, is nothing missing`() {
        var provider = OAuthProvider(authorizationURL: "", tokenURL: "")
        #expect(provider.missing(of: ["a"], granted: []) == [])
        provider.grantsPartially = true
        provider.scopeAliases = ["email": "https://x.example/email"]
        #expect(provider.missing(of: ["email", "a"], granted: ["https://x.example/email"]) == ["a"])
        #expect(provider.missing(of: ["email", "a"], granted: ["email", "b"]) == ["a"])
        #expect(provider.missing(of: ["a"], granted: nil) == [])
    }

    @Test func `a second session of the same external id replaces the credentials in place`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let first = try await test.connect(try await test.mint())
        test.provider.reply(to: "/token", #"{"access_token":"second"}"#)
        let minted = try await test.mint(["connectionName": "Renamed"])
        #expect(minted.session.reconnectID == first.connectionID)
        let second = try await test.connect(minted)
        #expect(second.connectionID == first.connectionID)
        let connections = try await test.portal.store.read {
            try $0.connections(of: test.key.organizationID).rows
        }
        #expect(connections.map(\.displayName) == ["Renamed"])
        #expect(connections.first?.credentialVersion == 2)
    }

    /// None of these may make a token request leave.
    @Test func `a callback that is foreign, forged, doubled or late sends nothing`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        let unknown = String(repeating: "A", count: 43)
        let refused: [(String, BrowserTicket?)] = [
            ("state=\(state)&code=c", nil),
            ("state=\(state)&code=c", test.ticket(minted.session)),
            ("state=\(unknown)&code=c", ticket),
            ("state=\(state)&state=\(state)&code=c", ticket),
            ("code=c", ticket),
        ]
        for (query, ticket) in refused {
            await #expect(throws: PortalError.self) { try await test.callback(query, ticket) }
        }

        test.clock.advance(by: .seconds(601))
        let late = try await test.callback("state=\(state)&code=c", ticket)
        #expect(late.status == .connecting)
        #expect(late.errorCode == "authorization_expired")

        let wrongIssuer = try #require(try await test.authorize(minted.session, ticket)["state"])
        let mixedUp = try await test.callback("state=\(wrongIssuer)&code=c&iss=https%3A%2F%2Fevil.example", ticket)
        #expect(mixedUp.errorCode == "issuer_mismatch")
        #expect(test.provider.requestCount == 0)
    }

    @Test func `of many identical callbacks one exchanges, and all see the outcome`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        let statuses = try await withThrowingTaskGroup(of: ConnectSession.Status.self) { group in
            for _ in 0..<50 { group.addTask { try await test.callback("state=\(state)&code=c", ticket).status } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(statuses == [.completed])
        #expect(test.provider.requests(to: "/token").count == 1)
        #expect(try await test.callback("state=\(state)&code=c", ticket).status == .completed)
        #expect(test.provider.requests(to: "/token").count == 1)
    }

    @Test func `the context is the one of the start, whatever is configured since`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        var moved = test.portal
        moved.catalog = try .load(variables: ["sandbox": "https://elsewhere.example"])
        moved.platformApps = [:]
        let session = try await moved.finishAuthorization(query: "state=\(state)&code=c") { _ in ticket }
        #expect(session.status == .completed)
        #expect(test.provider.requests(to: "/token").map(\.url) == ["http://localhost:9999/token"])
    }

    @Test func `a second browser is turned away`() async throws {
        let test = try await TestPortal()
        let minted = try await test.mint()
        _ = try await test.authorize(minted.session, test.ticket(minted.session))
        await #expect(throws: PortalError.self) {
            try await test.authorize(minted.session, test.ticket(minted.session))
        }
    }

    @Test func `a ticket is good for its session only`() async throws {
        let test = try await TestPortal()
        let one = try await test.mint()
        let two = try await test.mint(["externalId": "acct-2"])
        let ticket = test.portal.issueTicket(for: one.session.id, openerOrigin: "https://app.example")
        #expect(test.portal.ticket(ticket.text, for: one.session.id)?.openerOrigin == "https://app.example")
        #expect(test.portal.ticket(ticket.text, for: two.session.id) == nil)
        #expect(test.portal.ticket("made.up.value", for: one.session.id) == nil)
        #expect(Base64URL.decode(ticket.text.prefix { $0 != "." })?.count == 32)
    }
}
