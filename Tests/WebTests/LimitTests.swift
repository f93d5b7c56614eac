import HTTPTypes
import Storage
import StrictJSON
import TestSupport
import Testing

@testable import Web

@Suite struct LimitTests {
    @Test func `a bucket empties, fills evenly and tells when`() {
        let clock = TestClock()
        let buckets = TokenBuckets("test", perMinute: 6)
        let states = (0..<7).map { _ in buckets.take("a", at: clock.now) }
        #expect(states.map { $0?.isAllowed } == [true, true, true, true, true, true, false])
        #expect(states.last??.secondsUntilNext == 10)
        #expect(states.last??.resetSeconds == clock.now.seconds + 60)
        #expect(buckets.take("b", at: clock.now)?.isAllowed == true)
        clock.advance(by: .seconds(10))
        #expect(buckets.take("a", at: clock.now)?.isAllowed == true)
        #expect(buckets.take("a", at: clock.now)?.isAllowed == false)
        #expect(TokenBuckets("test", perMinute: 0).take("a", at: clock.now) == nil)
    }

    /// Two processes, each with its copy of the bucket, that compare now and then.
    @Test func `processes that compare admit together what one would`() {
        let clock = TestClock()
        let all = [TokenBuckets("test", perMinute: 60), TokenBuckets("test", perMinute: 60)]
        var total = 0
        let compare = {
            for buckets in all {
                let uses = buckets.uses(at: clock.now)
                total += uses.reduce(0) { $0 + $1.used }
                buckets.learn(uses.map { RateUse(name: $0.name, used: total) }, from: uses, at: clock.now)
            }
        }
        let admitted: (Int) -> Int = { count in
            (0..<count).count { all[$0 % 2].take("a", at: clock.now)?.isAllowed == true }
        }
        // The first comparison says where each stands.
        var sum = admitted(2)
        compare()
        for _ in 0..<100 {
            sum += admitted(6)
            clock.advance(by: .milliseconds(100))
            compare()
            compare()
        }
        // A minute's worth at once and ten seconds' worth more, and what came in between two comparisons.
        #expect((70...80).contains(sum), "\(sum)")

        // An hour in which the others use half of what may be used takes nothing away.
        total += 30 * 60
        clock.advance(by: .seconds(3600))
        #expect(all[0].take("a", at: clock.now)?.isAllowed == true)
        compare()
        #expect(all[0].take("a", at: clock.now)?.remaining ?? 0 >= 57)
    }

    @Test func `the limit is one for all processes`() async throws {
        let test = try await TestPortal(engine: .postgresql)
        let portals = [test.portal, try await test.another().portal]
        let limits = portals.map { _ in RateLimits(perOrganization: 60) }
        var admitted = 2
        for _ in 0..<60 {
            for (limit, portal) in zip(limits, portals) { try await limit.share(through: portal) }
            let states = (0..<6).map { limits[$0 % 2].organizations.take("o", at: test.clock.now) }
            admitted += states.count { $0?.isAllowed == true }
            test.clock.advance(by: .seconds(1))
        }
        // A minute's worth at once and a minute's worth after that, not twice as much.
        #expect((118...130).contains(admitted), "\(admitted)")
    }

    @Test func `memory is bounded, and whoever is limited stays so`() {
        let clock = TestClock()
        let buckets = TokenBuckets("test", perMinute: 1, capacity: 100)
        for index in 0..<1000 { _ = buckets.take("\(index)", at: clock.now) }
        clock.advance(by: .seconds(30))
        _ = buckets.take("limited", at: clock.now)
        clock.advance(by: .seconds(31))
        for index in 0..<99 { _ = buckets.take("other \(index)", at: clock.now) }
        #expect(buckets.take("limited", at: clock.now + .seconds(-20))?.isAllowed != nil)
    }

    private static let chains: [(remote: String?, forwarded: [String], client: String)] = [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 198.51.100.2"], "198.51.100.2"),
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1", "10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2"),
        ("2001:db8::1", [], "2001:db8:0:0"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["nonsense"], "unknown"),
        (nil, ["198.51.100.1"], "unknown"),
    ]

    @Test func `an address is believed only from a proxy of ours`() {
        let limits = RateLimits(isTrustedProxy: { $0.hasPrefix("10.") })
        for (remote, forwarded, client) in Self.chains {
            #expect(
                limits.client(remote, forwarded).map(ClientAddress.name) ?? "unknown" == client,
                "\(remote ?? "-") \(forwarded)"
            )
        }
    }

    @Test func `every API answer says how much is left, the refused one when to come back`() async throws {
        let web = try await WebPortal(limits: RateLimits(perOrganization: 3, perAddress: 2))
        try await web.run { asking in
            for remaining in ["2", "1", "0"] {
                let answer = try await asking.api(.get, remaining == "1" ? "/api/v1/nothing" : "/api/v1/connections")
                #expect(answer.headers[.rateLimit] == "3")
                #expect(answer.headers[.rateLimitRemaining] == remaining)
                #expect(answer.headers[.rateLimitReset].flatMap(Int64.init) != nil)
            }
            let refused = try await asking.api(.get, "/api/v1/connections")
            #expect(refused.status == 429)
            #expect(refused.json["code"] == "RATE_LIMIT_EXCEEDED")
            #expect(refused.json["error"] == "Rate limit exceeded")
            #expect(refused.headers[.retryAfter] == "20")
            // Without a key the address counts, on pages too.
            let statuses = try await [
                asking.page(.get, "/connect?token=x"), asking.page(.get, "/connect?token=x"),
                asking.page(.get, "/connect?token=x"),
            ]
            #expect(statuses.map(\.status) == [401, 401, 429])
            #expect(statuses[2].headers[.contentType]?.hasPrefix("text/html") == true)
            let health = try await asking.api(.get, "/health", authorization: "")
            #expect(health.status == 200)
        }
    }
    @Test func `who tries wrong keys must wait, and the right key need not`() async throws {
        let web = try await WebPortal(limits: RateLimits(perOrganization: 0, perAddress: 60))
        try await web.run { asking in
            var statuses: [Int] = []
            for number in 0..<6 {
                statuses.append(try await asking.page(.get, "/connect?token=wrong").status)
                let wrong = "Bearer wvz_\(String(repeating: "\(number)", count: 32))"
                let answer = try await asking.api(.get, "/api/v1/workspaces", authorization: wrong)
                statuses.append(answer.status)
                guard answer.status == 429 else { continue }
                #expect(answer.json["code"] == "RATE_LIMIT_EXCEEDED")
                #expect(answer.headers[.retryAfter] == "6")
            }
            #expect(statuses == [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 429, 429])
            // What is right still works: a key, a link, and asking without either.
            #expect(try await asking.api(.get, "/api/v1/workspaces").status == 200)
            #expect(try await asking.page(.get, asking.mint().path).status == 200)
            #expect(try await asking.api(.get, "/api/v1/integrations", authorization: "").status == 200)
        }
    }
}
