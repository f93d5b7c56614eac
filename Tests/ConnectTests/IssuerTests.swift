import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// Endpoints that the issuer tells (RFC 8414, OpenID Connect Discovery).
@Suite struct IssuerTests {
    private static let issuer = "https://acme.example"
    private static let openID = "/.well-known/openid-configuration"
    private static let oauth = "/.well-known/oauth-authorization-server"

    private func acme(_ more: String = "") async throws -> Acme {
        let fragment = "discovery: true\nissuer: \(Self.issuer)\nauthorizationUrl:\ntokenUrl:"
        return try await Acme(.init(.oauth2, fragment), .init(.oauth2, more))
    }

    private static func document(_ changes: JSON.Object = [:], at place: String = "found") -> JSON {
        var document: JSON.Object = [
            "issuer": .string(issuer), "authorization_endpoint": .string("\(issuer)/\(place)/authorize"),
            "token_endpoint": .string("\(issuer)/\(place)/token"),
        ]
        for member in changes.members { document[member.name] = member.value }
        return .object(document)
    }

    private func pinned(_ acme: Acme) async throws -> PinnedIssuer? {
        try await acme.test.portal.store.read { try $0.pinnedIssuer(Self.issuer) }
    }

    @Test(arguments: [openID, oauth])
    func `one of the two documents is enough`(path: String) async throws {
        var acme = try await acme()
        acme.answers.statuses = [Self.openID: 404, Self.oauth: 404]
        acme.answers.others[path] = Self.document()
        acme.answers.statuses[path] = 200
        let visit = try await acme.connect()
        #expect(visit.session.status == .completed)
        #expect(visit.url.hasPrefix("https://acme.example/found/authorize?"))
        #expect(acme.count("/found/token") == 1)
    }

    @Test func `of two documents each tells what the other does not`() async throws {
        var acme = try await acme()
        acme.answers.others[Self.openID] = Self.document(["userinfo_endpoint": "https://acme.example/userinfo"])
        acme.answers.others[Self.oauth] = Self.document(
            ["revocation_endpoint": "https://acme.example/revoke"],
            at: "elsewhere"
        )
        let visit = try await acme.connect()
        #expect(visit.url.hasPrefix("https://acme.example/found/authorize?"))
        let endpoints = try await acme.credentials(of: visit)["endpoints"]
        #expect(endpoints?["userinfo"] == "https://acme.example/userinfo")
        #expect(endpoints?["revocation"] == "https://acme.example/revoke")
    }

    @Test(
        arguments: [
            ["issuer": "https://evil.example"], ["issuer": "https://acme.example/"], ["issuer": .null],
            ["authorization_endpoint": "https://evil.example/authorize"],
            ["authorization_endpoint": "https://acme.example.evil.example/authorize"],
            ["authorization_endpoint": "http://acme.example/authorize"],
            ["token_endpoint": "http://acme.example/token"],
            ["token_endpoint": .null], ["authorization_endpoint": .null], ["jwks_uri": "http://acme.example/jwks"],
            ["token_endpoint": "https://acme.example/token#x"],
        ] as [JSON.Object]
    )
    func `what an issuer must not say sends nobody anywhere`(changes: JSON.Object) async throws {
        var acme = try await acme()
        acme.answers.others[Self.openID] = Self.document(changes)
        let visit = try await acme.press()
        #expect(visit.failure == .misconfigured)
        #expect(visit.session.isOpen && visit.session.errorCode == "misconfigured")
        #expect(acme.count("/token") == 0)
    }

    @Test func `a sign-in elsewhere is one that the definition allows`() async throws {
        var acme = try await acme("allowedHosts: [login.example]")
        acme.answers.others[Self.openID] = Self.document(["authorization_endpoint": "https://login.example/authorize"])
        #expect(try await acme.press().url.hasPrefix("https://login.example/authorize?"))
        #expect(try await acme.connect().session.status == .completed)
    }

    @Test func `the first answer counts, whatever is said later`() async throws {
        var acme = try await acme()
        #expect(try await acme.connect().session.status == .completed)
        acme.answers.others[Self.openID] = Self.document(at: "moved")
        let visit = try await acme.connect(["externalId": "acct-2"])
        #expect(visit.url.hasPrefix("https://acme.example/found/authorize?"))
        #expect(visit.session.status == .completed)
        #expect(acme.count(Self.openID) == 1)
    }

    @Test func `nothing counts that was not there`() async throws {
        var acme = try await acme()
        acme.silent = [Self.openID, Self.oauth]
        #expect(try await acme.press().failure == .providerUnreachable)
        #expect(try await pinned(acme) == nil)
        acme.silent = []
        #expect(try await acme.connect().session.status == .completed)
    }

    @Test func `a change is noted once a day, and waits for the operator`() async throws {
        var acme = try await acme()
        _ = try await acme.connect()
        acme.answers.others[Self.openID] = Self.document(at: "moved")
        _ = try await acme.press()
        try await acme.run("watchIssuers")
        #expect(acme.count(Self.openID) == 1)
        acme.test.clock.advance(by: .seconds(90000))
        try await acme.run("watchIssuers")
        #expect(acme.count(Self.openID) == 2)
        let proposed = try #require(try await pinned(acme))
        #expect(proposed.proposal?["token_endpoint"] == "https://acme.example/moved/token")
        #expect(proposed.metadata["token_endpoint"] == "https://acme.example/found/token")
        #expect(try await acme.press().url.hasPrefix("https://acme.example/found/authorize?"))

        let review = try await acme.test.portal.reviewIssuer(Self.issuer)
        #expect(review.changes.map(\.member.rawValue) == ["authorization_endpoint", "token_endpoint"])
        try await acme.test.portal.acceptIssuer(Self.issuer, as: try #require(review.fingerprint))
        #expect(try await pinned(acme)?.proposal == nil)
        let visit = try await acme.connect(["externalId": "acct-2"])
        #expect(visit.url.hasPrefix("https://acme.example/moved/authorize?"))
        #expect(visit.session.status == .completed)
    }

    @Test func `what is proposed is taken over as it was written down`() async throws {
        var acme = try await acme()
        _ = try await acme.connect()
        acme.answers.others[Self.openID] = Self.document(at: "moved")
        _ = try await acme.press()
        acme.test.clock.advance(by: .seconds(90000))
        try await acme.run("watchIssuers")
        #expect(try await acme.test.portal.store.write { try $0.acceptProposal(of: Self.issuer) })
        #expect(try await acme.press().url.hasPrefix("https://acme.example/moved/authorize?"))
        // There is nothing more to take over.
        #expect(try await !acme.test.portal.store.write { try $0.acceptProposal(of: Self.issuer) })
    }

    @Test func `what nobody has looked at is not accepted`() async throws {
        var acme = try await acme()
        _ = try await acme.connect()
        acme.answers.others[Self.openID] = Self.document(at: "moved")
        _ = try await acme.press()
        let seen = try #require(try await acme.test.portal.reviewIssuer(Self.issuer).fingerprint)
        acme.answers.others[Self.openID] = Self.document(at: "evil")
        _ = try await acme.press()
        await #expect(throws: PortalError.self) {
            try await acme.test.portal.acceptIssuer(Self.issuer, as: seen)
        }
        #expect(try await acme.press().url.hasPrefix("https://acme.example/found/authorize?"))
    }

    @Test func `a document that is gone proposes nothing`() async throws {
        var acme = try await acme()
        _ = try await acme.connect()
        acme.silent = [Self.openID, Self.oauth]
        _ = try await acme.press()
        acme.test.clock.advance(by: .seconds(90000))
        try await acme.run("watchIssuers")
        #expect(try await pinned(acme)?.proposal == nil)
        #expect(try await acme.press().url.hasPrefix("https://acme.example/found/authorize?"))
    }

    /// RFC 9207 §2.4.
    @Test func `who says that it names itself in answers must do so`() async throws {
        var acme = try await acme()
        acme.answers.others[Self.openID] = Self.document(["authorization_response_iss_parameter_supported": true])
        #expect(try await acme.connect().session.errorCode == "issuer_mismatch")
        let evil = try await acme.connect(answer: "code=c&iss=https%3A%2F%2Fevil.example")
        #expect(evil.session.errorCode == "issuer_mismatch")
        #expect(acme.count("/token") == 0)
        let visit = try await acme.connect(answer: "code=c&iss=https%3A%2F%2Facme.example")
        #expect(visit.session.status == .completed)
    }

    /// The tenant's own issuer, pinned for itself.
    @Test func `each tenant has an issuer`() async throws {
        let fragment =
            "discovery: true\nissuer: https://{region}.acme.example\nallowedHosts: [.acme.example]\n"
            + "authorizationUrl:\ntokenUrl:"
        var acme = try await Acme(.init(.oauth2, fragment))
        for region in ["north", "south"] {
            let issuer = "https://\(region).acme.example"
            acme.typed = ["region": region]
            acme.answers.others[Self.openID] = [
                "issuer": .string(issuer), "authorization_endpoint": .string("\(issuer)/authorize"),
                "token_endpoint": .string("\(issuer)/token"),
            ]
            let visit = try await acme.connect(["externalId": .string(region)])
            #expect(visit.url.hasPrefix("\(issuer)/authorize?"))
            #expect(acme.test.provider.requests(to: "/token").last?.url == "\(issuer)/token")
        }
        // The document is the other tenant's by now.
        acme.typed = ["region": "west"]
        #expect(try await acme.press().failure == .misconfigured)
    }
}
