import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Rotation, reuse and the kinds of refresh token.
@Suite struct RefreshTests {
    @Test func rotatedTokenReplacesTheOld() async throws {
        try await withSandbox { driver in
            let first = try await driver.tokens()
            let second = try await driver.refresh(first.refreshToken ?? "")
            #expect(second.status == 200)
            #expect(second.refreshToken != nil && second.refreshToken != first.refreshToken)
            #expect(try await driver.refresh(second.refreshToken ?? "").status == 200)
        }
    }

    @Test func reuseEndsTheWinnersTokenToo() async throws {
        try await withSandbox { driver in
            let first = try await driver.tokens()
            let winner = try await driver.refresh(first.refreshToken ?? "")
            #expect(try await driver.refresh(first.refreshToken ?? "").error == "invalid_grant")
            #expect(try await driver.refresh(winner.refreshToken ?? "").error == "invalid_grant")
            #expect(try await driver.get("/userinfo", bearer: winner.accessToken).status == 401)
        }
    }

    @Test func withoutReuseDetectionTheWinnerLives() async throws {
        try await withSandbox(quirks { $0.reuseDetection = false }) { driver in
            let first = try await driver.tokens()
            let winner = try await driver.refresh(first.refreshToken ?? "")
            #expect(try await driver.refresh(first.refreshToken ?? "").error == "invalid_grant")
            #expect(try await driver.refresh(winner.refreshToken ?? "").status == 200)
        }
    }

    @Test func graceSavesALostAnswer() async throws {
        try await withSandbox(quirks { $0.rotationGrace = 30 }) { driver in
            let first = try await driver.tokens()
            _ = try await driver.refresh(first.refreshToken ?? "")
            driver.clock.advance(29)
            #expect(try await driver.refresh(first.refreshToken ?? "").status == 200)
            driver.clock.advance(1)
            #expect(try await driver.refresh(first.refreshToken ?? "").error == "invalid_grant")
        }
    }

    @Test func stableTokenStays() async throws {
        try await withSandbox(quirks { $0.refreshTokens = .stable }) { driver in
            let first = try await driver.tokens()
            #expect(try await driver.refresh(first.refreshToken ?? "").refreshToken == first.refreshToken)
            #expect(try await driver.refresh(first.refreshToken ?? "").status == 200)
        }
    }

    @Test func onlyTheFirstConsentGivesOne() async throws {
        try await withSandbox(quirks { $0.refreshTokens = .firstConsentOnly }) { driver in
            #expect(try await driver.tokens().refreshToken != nil)
            #expect(try await driver.tokens().refreshToken == nil)
            _ = try await driver.send(.delete, "/control/clients/app/grants")
            #expect(try await driver.tokens().refreshToken != nil)
        }
    }

    @Test func offlineAccessMustBeAskedFor() async throws {
        let quirks = quirks {
            $0.offlineParameters = ["access_type": "offline"]
            $0.offlineScope = "offline_access"
        }
        try await withSandbox(quirks) { driver async throws in
            let scope = "openid offline_access"
            let asked: [String: String?] = ["access_type": "offline"]
            let full = SandboxDriver.authorizationQuery(scope: scope, changing: asked)
            #expect(try await driver.tokens(full).refreshToken != nil)
            #expect(try await driver.tokens(SandboxDriver.authorizationQuery(scope: scope)).refreshToken == nil)
            #expect(try await driver.tokens(SandboxDriver.authorizationQuery(changing: asked)).refreshToken == nil)
        }
    }

    @Test func earlyRefreshIsRefused() async throws {
        for policy in [RefreshTokenPolicy.rotating, .stable] {
            let quirks = quirks {
                $0.refreshTokens = policy
                $0.earliestRefresh = 60
            }
            try await withSandbox(quirks) { driver in
                var token = try await driver.tokens().refreshToken ?? ""
                for _ in 0..<2 {
                    #expect(try await driver.refresh(token).error == "invalid_request")
                    driver.clock.advance(3540)
                    token = try await driver.refresh(token).refreshToken ?? ""
                    #expect(!token.isEmpty)
                }
            }
        }
    }

    @Test func idleTokenDies() async throws {
        try await withSandbox(quirks { $0.refreshTokenLifetime = 100 }) { driver in
            let tokens = try await driver.tokens()
            driver.clock.advance(100)
            #expect(try await driver.refresh(tokens.refreshToken ?? "").error == "invalid_grant")
        }
    }

    @Test func scopeMayNarrowButNotGrow() async throws {
        try await withSandbox { driver in
            let token = try await driver.tokens().refreshToken ?? ""
            let pairs = [("grant_type", "refresh_token"), ("refresh_token", token)]
            #expect(try await driver.token(pairs + [("scope", "openid admin")]).error == "invalid_scope")
            #expect(try await driver.token(pairs + [("scope", "openid")]).json["scope"]?.string == "openid")
        }
    }
}
