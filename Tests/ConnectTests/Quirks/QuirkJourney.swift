import Foundation
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport

@testable import Connect

/// One whole way through the portal by one option of the catalog, at a sandbox that plays its provider.
struct QuirkJourney {
    /// What came of it, by name.
    private(set) var outcome: [String: String] = [:]
    private let test: TestPortal
    private let wire: Wire
    private let option: CatalogOption

    /// What is not as the definition says it must be; `asRead` is the option that the portal believes in.
    static func faults(of option: CatalogOption, asRead read: CatalogOption? = nil) async throws -> [String] {
        let read = read ?? option
        let clock = TestClock()
        let app = PlatformApp(
            integrationName: option.integration.name,
            client: CatalogOption.client,
            extraParameters: option.appParameters
        )
        let found = Found()
        try await Wire.run(
            issuer: try option.issuer(),
            try option.player(redirectURI: "http://localhost/api/v1/connect/oauth-callback"),
            try option.roads(),
            now: { Date(timeIntervalSince1970: Double(clock.now.milliseconds) / 1000) }
        ) { wire in
            let catalog = Catalog([read.integration])
            let test = try await TestPortal(catalog: catalog, apps: [app], clock: clock, send: wire.send)
            var journey = QuirkJourney(test: test, wire: wire, option: read)
            do { try await journey.go() } catch { journey.outcome["stopped by"] = "\(error)" }
            await found.keep(journey.outcome)
        }
        let outcome = await found.outcome
        let expected = option.expectation(at: clock.now)
        return Set(outcome.keys).union(expected.keys).sorted().compactMap { name in
            outcome[name] == expected[name]
                ? nil : "\(name) is \(outcome[name] ?? "not told") instead of \(expected[name] ?? "not told")"
        }
    }

    private init(test: TestPortal, wire: Wire, option: CatalogOption) {
        self.test = test
        self.wire = wire
        self.option = option
    }

    private actor Found {
        private(set) var outcome: [String: String] = [:]

        func keep(_ outcome: [String: String]) { self.outcome = outcome }
    }

    private mutating func go() async throws {
        var session = try await test.mint([
            "integrationName": .string(option.integration.name), "authMethodKey": .string(option.option.key),
        ]).session
        let ticket = test.ticket(session)
        if option.isSignIn {
            let refused = try await comeBack(to: session, ticket) {
                $0.replacing(/(code=)[^&]+/) { "\($0.output.1)wrong" }
            }
            outcome["refused code"] = refused.errorCode ?? "none"
            outcome["way back"] = nil
            session = try await comeBack(to: refused, ticket) { $0 }
        } else {
            _ = try await press(session, ticket)
        }
        session = try await test.portal.session(session.id) ?? session
        session = try await pick(in: session, ticket)
        outcome["session"] = [session.status.rawValue, session.errorCode].compactMap(\.self).joined(separator: ", ")
        outcome["missing scopes"] = try await test.portal.missingScopes(of: session).joined(separator: " ")
        guard let id = session.connectionID else { return }
        try await read(id)
    }

    private func press(_ session: ConnectSession, _ ticket: BrowserTicket) async throws -> ConnectStep {
        try await test.portal.begin(
            session,
            ticket: ticket,
            methodKey: option.option.key,
            typed: option.typed,
            isPopup: false
        )
    }

    private mutating func comeBack(
        to session: ConnectSession,
        _ ticket: BrowserTicket,
        changing change: (String) -> String
    ) async throws -> ConnectSession {
        guard case .authorize(let url) = try await press(session, ticket) else { throw UnexpectedStep() }
        switch try await wire.browse(url) {
        case .callback(let query, let isPosted):
            outcome["way back"] = isPosted ? "posted" : "redirected"
            return try await test.callback(change(query), ticket)
        case .page(let text):
            outcome["page"] = text
            throw UnexpectedStep()
        }
    }

    private mutating func pick(in session: ConnectSession, _ ticket: BrowserTicket) async throws -> ConnectSession {
        let choices = try await test.portal.choices(of: session)
        guard let first = choices.first else { return session }
        outcome["choices"] = String(choices.count)
        _ = try await test.portal.choose(first.id, for: session, ticket: ticket)
        return try await test.portal.session(session.id) ?? session
    }

    private mutating func read(_ id: Connection.ID) async throws {
        let connection = try await test.portal.connection(id, for: test.key)
        outcome["scopes"] = connection.grantedScopes.joined(separator: " ")
        outcome["expiry"] = connection.expiresAt?.description ?? "never"
        outcome["kind"] = connection.type.rawValue
        outcome["account"] = connection.accountID ?? "none"
        outcome["account label"] = connection.accountLabel ?? "none"
        guard let grant = try await grant(of: id) else { return }
        outcome["token type"] = grant.tokenType
        outcome["subject"] = grant.subject ?? "none"
        outcome["access token"] = wire.state(ofAccessToken: grant.accessToken.reveal())
        outcome["refresh token"] = wire.state(ofRefreshToken: grant.refreshToken?.reveal())
        try await renew(id, grant)
        try await remove(id)
    }

    /// By the refresh token (RFC 6749 §6), by the client's own grant, or by the exchange that a provider has instead.
    private mutating func renew(_ id: Connection.ID, _ old: OAuthGrant) async throws {
        do { _ = try await test.portal.refreshConnection(id, for: test.key) } catch let error as PortalError {
            outcome["renewed token"] = error.code.rawValue
        }
        guard let grant = try await grant(of: id) else { return }
        if grant.accessToken.reveal() != old.accessToken.reveal() {
            outcome["renewed token"] = wire.state(ofAccessToken: grant.accessToken.reveal())
        }
        outcome["renewed refresh token"] = wire.state(ofRefreshToken: grant.refreshToken?.reveal())
        for member in grant.data.members { outcome["data.\(member.name)"] = member.value.string ?? member.value.text }
    }

    /// And ends the grant at the provider, as far as that has a way.
    private mutating func remove(_ id: Connection.ID) async throws {
        guard let grant = try await grant(of: id) else { return }
        try await test.portal.deleteConnection(id, for: test.key)
        let (later, deadline) = (test.clock.now + .seconds(1_000_000), ContinuousClock.now + .seconds(60))
        while try await !test.portal.store.read({ try $0.dueRevocations(at: later, limit: 1).isEmpty }) {
            guard ContinuousClock.now < deadline else { break }
            try await Task.sleep(for: .milliseconds(2))
        }
        outcome["ended token"] = wire.state(ofAccessToken: grant.accessToken.reveal())
        outcome["ended refresh token"] = wire.state(ofRefreshToken: grant.refreshToken?.reveal())
    }

    private func grant(of id: Connection.ID) async throws -> OAuthGrant? {
        OAuthGrant(try await test.openedCredentials(of: id))
    }
}
