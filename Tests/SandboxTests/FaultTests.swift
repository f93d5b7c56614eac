import Testing

@testable import Sandbox

/// What goes wrong on demand.
@Suite struct FaultTests {
    @Test(arguments: [
        (Faults.html500, 500, "<html>Internal error</html>"), (.html200, 200, "<html>Welcome</html>"),
        (.empty400, 400, ""), (.invalidGrant, 400, #"{"error":"invalid_grant"}"#),
    ])
    func answersAsTold(_ faults: Faults, status: Int, body: String) async throws {
        try await withSandbox(faults: faults) { driver in
            let answer = try await driver.tokens()
            #expect(answer.status == status)
            #expect(answer.text == body)
        }
    }

    @Test func hitsTheNextRequestsOnly() async throws {
        try await withSandbox(faults: .tooManyRequests(retryAfter: 7).times(2)) { driver in
            let code = try await driver.code()
            for _ in 0..<2 {
                let limited = try await driver.exchange(code)
                #expect(limited.status == 429)
                #expect(limited.header("Retry-After") == "7")
            }
            #expect(try await driver.exchange(code).status == 200)
        }
    }

    @Test func sparesEverySecondRequest() async throws {
        try await withSandbox(faults: .html500.alternating()) { driver in
            let code = try await driver.code()
            #expect(try await driver.exchange(code).status == 500)
            #expect(try await driver.exchange(code).status == 200)
            #expect(try await driver.exchange(code).status == 500)
        }
    }

    @Test func hitsOneEndpointOnly() async throws {
        try await withSandbox(faults: .html500.at(.userinfo)) { driver in
            let tokens = try await driver.tokens()
            #expect(tokens.status == 200)
            #expect(try await driver.get("/userinfo", bearer: tokens.accessToken).status == 500)
            #expect(try await driver.get("/api/whoami", bearer: tokens.accessToken).status == 200)
        }
    }

    @Test func effectCanPrecedeTheFault() async throws {
        for (faults, after) in [(Faults.html500.times(1), 200), (.html500.times(1).afterEffect(), 400)] {
            try await withSandbox(faults: faults) { driver in
                let code = try await driver.code()
                #expect(try await driver.exchange(code).status == 500)
                #expect(try await driver.exchange(code).status == after)
            }
        }
    }

    @Test func delaysTheAnswer() async throws {
        try await withSandbox(faults: .delay(seconds: 0.2)) { driver async throws in
            let start = ContinuousClock.now
            #expect(try await driver.tokens().status == 200)
            #expect(start.duration(to: .now) >= .milliseconds(200))
        }
    }

    @Test(arguments: [Faults.Failure.drop, .hugeHeader])
    func breaksTheConnection(_ failure: Faults.Failure) async throws {
        try await withSandbox(faults: .failure(failure).times(1), live: true) { driver in
            let code = try await driver.code()
            await #expect(throws: (any Error).self) { try await driver.exchange(code) }
        }
    }
}
