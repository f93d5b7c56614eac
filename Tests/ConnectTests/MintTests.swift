import Connect
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct MintTests {
    @Test func `every bad field is named at once`() async throws {
        let test = try await TestPortal()
        let body: JSON = [
            "integrationName": 1, "connectionName": " ", "externalId": "a\u{202E}b", "workspaceId": "no-uuid",
            "scope": "WORLD",
            "successRedirectUri": "https://good.example@evil.example/", "errorRedirectUri": "javascript:alert(1)",
            "allowedOrigins": ["https://a.example/path"], "expiresIn": 59, "scopes": ["a b"], "metadata": "x",
            "oauthAppMode": "custom",
        ]
        let error = await #expect(throws: PortalError.self) { try await test.portal.mintSession(body, for: test.key) }
        let fields = error?.details["fields"]?.object?.members.map(\.name)
        #expect(error?.code == .validation)
        #expect(
            fields.map(Set.init) == [
                "integrationName", "connectionName", "externalId", "workspaceId", "scope", "successRedirectUri",
                "errorRedirectUri", "allowedOrigins", "expiresIn", "scopes", "metadata", "oauthAppId",
            ]
        )
    }

    private static let impossible: [(JSON.Object, PortalError.Code)] = [
        (["integrationName": "nothing"], .integrationNotFound),
        (["workspaceId": "00000000-0000-7000-8000-000000000000"], .notFound),
        (["authMethodKey": "carrier_pigeon"], .validation),
        (["integrationName": "github"], .noOAuthApp),
        (
            [
                "integrationName": "openai", "authMethodKey": .null,
                "oauthAppId": "00000000-0000-7000-8000-000000000000",
            ], .oauthAppNotFound
        ),
        (["scope": "USER"], .validation),
        (["endUserId": "u1", "scope": "ORGANIZATION"], .validation),
    ]

    @Test(arguments: impossible)
    func `what cannot work is refused before anybody is sent anywhere`(
        changes: JSON.Object,
        code: PortalError.Code
    ) async throws {
        let test = try await TestPortal()
        let error = await #expect(throws: PortalError.self) { try await test.mint(changes) }
        #expect(error?.code == code)
    }

    @Test func `a token opens its session, and nothing else does`() async throws {
        let test = try await TestPortal()
        let minted = try await test.mint()
        #expect(try await test.portal.session(token: minted.token).id == minted.session.id)
        let parts = minted.token.split(separator: ".")
        let forged = [
            "", "cst_", String(minted.token.dropFirst(4)), "eut_" + minted.token.dropFirst(4), minted.token + "x",
            "\(parts[0]).\(parts[1]).", "cst_eyJhbGciOiJub25lIn0.\(parts[1]).",
            "\(parts[0]).\(parts[1].dropLast(2)).\(parts[2])",
        ]
        for token in forged {
            let error = await #expect(throws: PortalError.self) { try await test.portal.session(token: token) }
            #expect(error?.code == .invalidToken)
        }
        // Another installation's token is well made, but not ours.
        let other = try await TestPortal()
        await #expect(throws: PortalError.self) { try await other.portal.session(token: minted.token) }
    }

    @Test func `time ends a session, and its outcome stays readable for a day`() async throws {
        let test = try await TestPortal()
        let minted = try await test.mint(["expiresIn": 60])
        test.clock.advance(by: .seconds(61))
        let late = try await test.portal.session(token: minted.token)
        #expect(late.status == .failed)
        #expect(late.errorCode == "session_expired")
        await #expect(throws: PortalError.self) { try await test.authorize(late, test.ticket(late)) }
        test.clock.advance(by: .seconds(86400))
        await #expect(throws: PortalError.self) { try await test.portal.session(token: minted.token) }
    }

    @Test func `so many sessions are open, and no more, until one ends`() async throws {
        var test = try await TestPortal()
        test.portal.quotas = Quotas(openSessions: 4, openSessionsPerEndUser: 2)
        func mint(_ user: JSON, lasting seconds: Int64 = 3600) async throws -> PortalError.Code? {
            let test = test
            do {
                _ = try await test.mint([
                    "endUserId": user, "expiresIn": .integer(seconds), "externalId": user.isNull ? "x" : user,
                ])
                return nil
            } catch let error as PortalError { return error.code }
        }
        #expect(try await mint("ada", lasting: 60) == nil)
        #expect(try await mint("ada") == nil)
        #expect(try await mint("ada") == .quotaExceeded)
        #expect(try await mint("bob") == nil)
        #expect(try await mint(.null) == nil)
        #expect(try await mint(.null) == .quotaExceeded)
        test.clock.advance(by: .seconds(61))
        #expect(try await mint("ada") == nil)
        #expect(try await mint("bob") == .quotaExceeded)
    }

    @Test func `an external id of another owner is a conflict`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        _ = try await test.connect(try await test.mint(["endUserId": "alice"]))
        let error = await #expect(throws: PortalError.self) { try await test.mint(["endUserId": "bob"]) }
        #expect(error?.code == .duplicate)
    }
}
