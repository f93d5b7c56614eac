import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// The sites or tenants among which a person picks after they have agreed.
@Suite struct SiteTests {
    private static let north: JSON = ["id": "s-1", "name": "North", "kind": "open"]
    private static let south: JSON = ["id": "s-2", "name": "South", "kind": "open"]

    private func acme(_ more: Definition.Change...) async throws -> Acme {
        let choices = "choices: {request: {url: https://acme.example/sites}, id: id, label: name, keepAs: site}"
        let definition: [Definition.Change] = [.init(.account, choices), .init(.account, "label: name"), .revocable]
        var acme = try await Acme(definition + more)
        acme.answers.others["/sites"] = [Self.north, Self.south]
        return acme
    }

    private func pick(_ id: String, _ acme: Acme, _ visit: Acme.Visit) async throws -> Acme.Visit {
        _ = try await acme.test.portal.choose(id, for: visit.session, ticket: visit.ticket)
        var visit = visit
        visit.session = try await acme.current(visit.session)
        return visit
    }

    private func choices(_ acme: Acme, _ visit: Acme.Visit) async throws -> [String] {
        try await acme.test.portal.choices(of: visit.session).map(\.id)
    }

    @Test func `the only one is taken without asking`() async throws {
        var acme = try await acme()
        acme.answers.others["/sites"] = [Self.north]
        let visit = try await acme.connect()
        #expect(visit.session.status == .completed)
        let connection = try #require(try await acme.connection(of: visit))
        #expect(connection.accountID == "m-1/s-1")
        #expect(connection.accountLabel == "Ada · North")
        #expect(try await acme.credentials(of: visit)["data"] == ["site": "s-1"])
    }

    @Test func `of several the person picks one of those that there are`() async throws {
        let acme = try await acme()
        var visit = try await acme.connect()
        #expect(visit.session.isOpen && visit.session.awaiting == .person)
        #expect(try await choices(acme, visit) == ["s-1", "s-2"])
        #expect(try await acme.test.events(visit.session).last == "choice_awaited")
        for wrong in ["s-3", "", "S-1", "s-1 "] {
            visit = try await pick(wrong, acme, visit)
            #expect(visit.session.isOpen && visit.session.connectionID == nil)
        }
        let stranger = acme.test.ticket(visit.session)
        await #expect(throws: PortalError.self) {
            try await acme.test.portal.choose("s-1", for: visit.session, ticket: stranger)
        }
        visit = try await pick("s-2", acme, visit)
        #expect(visit.session.status == .completed)
        #expect(try await acme.connection(of: visit)?.accountLabel == "Ada · South")
        #expect(try await acme.credentials(of: visit)["data"] == ["site": "s-2"])
        // A second press changes nothing.
        _ = try await pick("s-1", acme, visit)
        #expect(try await acme.credentials(of: visit)["data"] == ["site": "s-2"])
        #expect(acme.revoked == [])
    }

    @Test(
        arguments: [
            [], [["name": "No id"]], [["id": ""]], [["id": .null]], [["id": "s-9", "kind": "closed"]],
        ] as [JSON]
    )
    func `where there is nothing to connect the tokens are given back`(sites: JSON) async throws {
        let only = Definition.Change(
            .account,
            "choices: {request: {url: https://acme.example/sites}, id: id, keepAs: site, only: {kind: open}}"
        )
        var acme = try await acme(only)
        acme.answers.others["/sites"] = sites
        let visit = try await acme.connect()
        #expect(visit.session.isOpen)
        #expect(visit.session.errorCode == "nothing_to_connect")
        #expect(acme.revoked == ["refresh-1", "access-1"])
        #expect(try await acme.connection(of: visit) == nil)
    }

    @Test(
        arguments: [
            (200, ["id": "s-1"], "invalid_response"), (200, "sites", "invalid_response"),
            (403, [], "provider_unavailable"), (500, [], "provider_unavailable"),
        ] as [(Int, JSON, String)]
    )
    func `a list that cannot be read connects nothing`(status: Int, body: JSON, code: String) async throws {
        var acme = try await acme()
        acme.answers.others["/sites"] = body
        acme.answers.statuses["/sites"] = status
        let visit = try await acme.connect()
        #expect(visit.session.errorCode == code)
        #expect(acme.revoked == ["refresh-1", "access-1"])
    }

    @Test func `who connects again keeps their site without being asked`() async throws {
        let acme = try await acme()
        _ = try await pick("s-2", acme, try await acme.connect())
        let again = try await acme.connect()
        #expect(again.session.status == .completed)
        #expect(try await acme.connection(of: again)?.accountLabel == "Ada · South")
        #expect(try await acme.test.connections().count == 1)
    }

    @Test(arguments: [AccountDecision.replace, .keepBoth])
    func `another site than before is another account`(decision: AccountDecision) async throws {
        var acme = try await acme()
        _ = try await pick("s-2", acme, try await acme.connect())
        acme.answers.others["/sites"] = [Self.north, ["id": "s-3", "name": "West"]]
        var visit = try await acme.connect()
        // The site of before is gone.
        #expect(try await choices(acme, visit) == ["s-1", "s-3"])
        #expect(try await acme.test.portal.accountChoice(of: visit.session) == nil)
        visit = try await pick("s-3", acme, visit)
        #expect(visit.session.isOpen && visit.session.awaiting == .person)
        #expect(try await choices(acme, visit) == [])
        let question = try #require(try await acme.test.portal.accountChoice(of: visit.session))
        #expect(question.old == "Ada · South" && question.new == "Ada · West")
        _ = try await acme.test.portal.decide(decision, for: visit.session, ticket: visit.ticket)
        let labels = try await acme.test.connections().compactMap(\.accountLabel).sorted()
        #expect(labels == (decision == .replace ? ["Ada · West"] : ["Ada · South", "Ada · West"]))
    }

    @Test func `who does not pick in time starts again, and the tokens are given back`() async throws {
        var acme = try await acme()
        var visit = try await acme.connect()
        acme.test.clock.advance(by: .seconds(601))
        visit.session = try await acme.current(visit.session)
        #expect(visit.session.errorCode == "authorization_expired")
        #expect(try await choices(acme, visit) == [])
        try await acme.run("dropAbandoned")
        #expect(acme.revoked == ["refresh-1", "access-1"])
        _ = try await pick("s-1", acme, visit)
        #expect(try await acme.test.connections().isEmpty)
        acme.answers.others["/sites"] = [Self.north]
        #expect(try await acme.connect().session.status == .completed)
    }

    @Test func `after the person has picked the app decides`() async throws {
        let acme = try await acme()
        var visit = try await acme.connect(["confirm": "app", "allowedOrigins": ["https://app.example"]])
        visit = try await pick("s-1", acme, visit)
        #expect(visit.session.isOpen && visit.session.awaiting == .app)
        #expect(try await acme.test.connections().isEmpty)
        let handle = acme.test.portal.confirmMessage(of: visit.session)["handle"] ?? .null
        try await acme.test.portal.confirmSession(visit.session.id, ["handle": handle], for: acme.test.key)
        #expect(try await acme.test.connections().compactMap(\.accountLabel) == ["Ada · North"])
    }

    @Test func `labels are shown, not trusted`() async throws {
        var acme = try await acme()
        acme.answers.others["/sites"] = [
            ["id": "s-1", "name": "No\u{202E}rth\nSouth"],
            ["id": 7, "name": .string(String(repeating: "a", count: 500))],
        ]
        let visit = try await acme.connect()
        let shown = try await acme.test.portal.choices(of: visit.session)
        #expect(shown.map(\.id) == ["s-1", "7"])
        #expect(shown.map(\.label) == ["NorthSouth", String(repeating: "a", count: 200)])
    }
}
