import Connect
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct RefreshFailureTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var status = 400
        var headers: [(String, String)] = []
        var body = ""
        var failure: TransportError?
        /// What callers get once the access token has expired.
        let code: String
        let reason: Connection.Reason
        /// Seconds after which it is tried again; none = never.
        let again: ClosedRange<Int>?

        var testDescription: String { failure.map { "\($0)" } ?? "\(status) \(body)" }
    }

    private static let dead = "REAUTHORIZATION_REQUIRED"
    private static let later = "PROVIDER_UNAVAILABLE"

    static let cases = [
        Case(body: #"{"error":"BAD_REFRESH_TOKEN"}"#, code: dead, reason: .reauthorizationRequired, again: nil),
        Case(body: #"{"error":"invalid_grant"}"#, code: dead, reason: .reauthorizationRequired, again: nil),
        Case(
            status: 200,
            body: #"{"error":"invalid_grant"}"#,
            code: dead,
            reason: .reauthorizationRequired,
            again: nil
        ),
        Case(
            status: 200,
            body: #"{"error":"bad_refresh_token"}"#,
            code: dead,
            reason: .reauthorizationRequired,
            again: nil
        ),
        Case(
            status: 401,
            body: #"{"error":"invalid_client"}"#,
            code: later,
            reason: .oauthAppRejected,
            again: 180...300
        ),
        Case(status: 401, code: later, reason: .oauthAppRejected, again: 180...300),
        Case(body: #"{"error":"unauthorized_client"}"#, code: later, reason: .oauthAppRejected, again: 180...300),
        Case(code: later, reason: .refreshFailing, again: 22...38),
        Case(body: "<html>Bad Request</html>", code: later, reason: .refreshFailing, again: 22...38),
        Case(body: #"{"error":"invalid_request"}"#, code: later, reason: .refreshFailing, again: 22...38),
        Case(status: 403, code: later, reason: .refreshFailing, again: 22...38),
        Case(status: 404, body: "gone", code: later, reason: .refreshFailing, again: 22...38),
        Case(
            status: 429,
            headers: [("Retry-After", "120")],
            code: later,
            reason: .refreshFailing,
            again: 120...134
        ),
        Case(
            status: 503,
            headers: [("Retry-After", "Thu, 15 Jan 2026 11:40:00 GMT")],
            code: later,
            reason: .refreshFailing,
            again: 598...662
        ),
        Case(status: 429, headers: [("Retry-After", "soon")], code: later, reason: .refreshFailing, again: 22...38),
        Case(
            status: 503,
            body: #"{"error":"temporarily_unavailable"}"#,
            code: later,
            reason: .refreshFailing,
            again: 22...38
        ),
        Case(status: 500, code: later, reason: .refreshFailing, again: 5...5),
        Case(status: 502, body: "<html>", code: later, reason: .refreshFailing, again: 5...5),
        Case(status: 200, body: "", code: later, reason: .refreshFailing, again: 5...5),
        Case(status: 200, body: "<html>", code: later, reason: .refreshFailing, again: 5...5),
        Case(status: 200, body: #"{"access_token":1}"#, code: later, reason: .refreshFailing, again: 5...5),
        Case(
            status: 200,
            body: #"{"access_token":"a","access_token":"b"}"#,
            code: later,
            reason: .refreshFailing,
            again: 5...5
        ),
        Case(failure: .nameNotResolved, code: later, reason: .refreshFailing, again: 22...38),
        Case(failure: .addressNotAllowed, code: later, reason: .refreshFailing, again: 22...38),
        Case(failure: .connectionFailed, code: later, reason: .refreshFailing, again: 22...38),
        Case(failure: .tlsFailed, code: later, reason: .refreshFailing, again: 22...38),
        Case(failure: .overloaded, code: later, reason: .refreshFailing, again: 22...38),
        Case(failure: .timedOut, code: later, reason: .refreshFailing, again: 5...5),
        Case(failure: .connectionLost, code: later, reason: .refreshFailing, again: 5...5),
        Case(failure: .bodyTooLarge, code: later, reason: .refreshFailing, again: 5...5),
    ]

    @Test(arguments: cases)
    func `each answer has its class`(_ example: Case) async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        if let failure = example.failure {
            test.provider.fail("/token", with: failure)
        } else {
            test.provider.reply(to: "/token", status: example.status, headers: example.headers, example.body)
        }
        test.clock.advance(by: .seconds(3600))
        #expect(try await test.tokenOrCode(connection) == example.code)

        let failed = try await test.connection(connection.id)
        #expect(failed.status == .error && failed.statusReason == example.reason)
        #expect(try await test.turns(connection) == [example.reason.rawValue])
        #expect(failed.refreshing?.failures == 1 && failed.refreshing?.lastError?.isEmpty == false)
        let wait = failed.refreshing?.dueAt.map { Int($0.seconds - test.clock.now.seconds) }
        #expect((wait == nil) == (example.again == nil))
        if let again = example.again { #expect(again.contains(wait ?? -1), "\(wait ?? -1)") }

        // Nobody is asked again before that, however often callers come.
        let count = test.provider.requestCount
        #expect(try await test.tokenOrCode(connection) == example.code)
        try await test.portal.renewDue()
        #expect(test.provider.requestCount == count)

        // Afterwards it recovers by itself, unless the grant has ended.
        test.answerRefresh(9)
        test.clock.advance(by: .seconds(700))
        try await test.portal.renewDue()
        #expect(try await test.tokenOrCode(connection) == (example.again == nil ? example.code : "access-9"))
        let turns = try await test.turns(connection)
        #expect(turns == [example.reason.rawValue] + (example.again == nil ? [] : ["recovered"]))
    }

    @Test func `an access token that still lives is served while the provider is down`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.reply(to: "/token", status: 503, "")
        test.clock.advance(by: .seconds(3400))
        #expect(try await test.tokenOrCode(connection) == "access-sentinel")
        let failing = try await test.connection(connection.id)
        #expect(failing.status == .active && failing.refreshing?.failures == 1)
        let error = await #expect(throws: PortalError.self) {
            try await test.portal.refreshConnection(connection.id, for: test.key)
        }
        #expect(error?.code == .providerUnavailable)
        #expect(error?.details["error"] == "status_503")
    }

    @Test func `an end user's dead connection comes with a link that mends it`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.reply(to: "/token", status: 400, #"{"error":"invalid_grant"}"#)
        test.clock.advance(by: .seconds(3600))
        let error = await #expect(throws: PortalError.self) { try await test.read(connection) }
        #expect(error?.details["reason"] == "reauthorization_required")
        #expect(error?.details["connectUrl"]?.string?.hasPrefix("http://localhost/connect/portal?token=") == true)

        let again = try await test.connected()
        #expect(again.id == connection.id && again.status == .active)
        #expect(again.refreshing?.failures == 0)
        #expect(try await test.tokenOrCode(connection) == "access-sentinel")
        #expect(try await test.turns(connection) == ["reauthorization_required", "reconnected"])
    }

    @Test func `an answer that was lost is asked for once more with the same token`() async throws {
        for isRecovered in [true, false] {
            let test = try await TestPortal()
            let connection = try await test.connected()
            test.provider.fail("/token", with: .timedOut)
            test.clock.advance(by: .seconds(3400))
            try await test.portal.renewDue()
            #expect(try await test.connection(connection.id).refreshing?.isOutcomeUnknown == true)

            if isRecovered {
                test.answerRefresh()
            } else {
                test.provider.reply(to: "/token", status: 400, #"{"error":"invalid_grant"}"#)
            }
            test.clock.advance(by: .seconds(5))
            try await test.portal.renewDue()
            #expect(test.refreshes.map { $0["refresh_token"] } == ["refresh-sentinel", "refresh-sentinel"])
            let resolved = try await test.connection(connection.id)
            #expect(resolved.statusReason == (isRecovered ? nil : .refreshOutcomeUnknown))
            #expect(resolved.refreshing?.isOutcomeUnknown == false)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a process left behind when it died is resolved by the next`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        let connection = try await test.connected()
        let now = test.clock.now
        let hold = Renewal.Hold(holder: "of a process that died", from: now, until: now + .seconds(60))
        let isTaken = try await test.portal.store.write {
            try $0.takeRenewal(of: connection.id, sending: connection.credentialVersion, hold)
        }
        #expect(isTaken)
        test.answerRefresh()
        try await test.portal.renewDue()
        #expect(test.refreshes.isEmpty)

        if engine == .sqlite {
            try await test.portal.resumeRefreshes()
        } else {
            test.clock.advance(by: .seconds(61))
        }
        try await test.portal.renewDue()
        #expect(test.refreshes.map { $0["refresh_token"] } == ["refresh-sentinel"])
        #expect(try await test.tokenOrCode(connection) == "access-2")
    }

    @Test func `a provider that is down for a day is asked seldom, and then everything goes on`() async throws {
        let test = try await TestPortal()
        let connection = try await test.connected()
        test.provider.reply(to: "/token", status: 503, "")
        for _ in 0..<1440 {
            test.clock.advance(by: .seconds(60))
            try await test.portal.renewDue()
        }
        #expect(test.refreshes.count > 20 && test.refreshes.count < 50, "\(test.refreshes.count)")
        #expect(try await test.tokenOrCode(connection) == "PROVIDER_UNAVAILABLE")
        #expect(try await test.turns(connection) == ["refresh_failing"])
        test.answerRefresh()
        for _ in 0..<90 {
            test.clock.advance(by: .seconds(60))
            try await test.portal.renewDue()
        }
        #expect(try await test.connection(connection.id).status == .active)
        #expect(try await test.turns(connection) == ["refresh_failing", "recovered"])
    }

    @Test func `a token that cannot be renewed says so when it ends`() async throws {
        let test = try await TestPortal()
        test.provider.reply(to: "/token", #"{"access_token":"only","token_type":"Bearer","expires_in":3600}"#)
        test.provider.reply(to: "/userinfo", #"{"sub":"u-1"}"#)
        let session = try await test.connect(test.mint())
        let connection = try await test.connection(try #require(session.connectionID))
        test.clock.advance(by: .seconds(3599))
        #expect(try await test.tokenOrCode(connection) == "only")
        test.clock.advance(by: .seconds(1))
        try await test.portal.renewDue()
        #expect(try await test.connection(connection.id).statusReason == .expired)
        #expect(try await test.tokenOrCode(connection) == "REAUTHORIZATION_REQUIRED")
        #expect(test.refreshes.isEmpty)
    }
}
