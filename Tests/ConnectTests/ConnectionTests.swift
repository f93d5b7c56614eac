import Connect
import Foundation
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct ConnectionTests {
    /// The body of each kind, and the credentials that come back out.
    private static let kinds: [(String, JSON.Object, JSON)] = [
        ("openai", ["type": "SECRET_TEXT", "secretText": "sk-1"], ["secretText": "sk-1"]),
        (
            "smtp",
            [
                "type": "BASIC_AUTH", "username": "ada", "password": "pw",
                "props": ["host": "mail.example.com", "port": 465],
            ],
            ["username": "ada", "password": "pw"]
        ),
        (
            "freshsales", ["type": "CUSTOM_AUTH", "props": ["domain": "acme", "api_key": "k"]],
            ["props": ["api_key": "k", "domain": "acme"]]
        ),
        (
            "github", ["type": "OAUTH2", "accessToken": "gho_1", "scope_oauth": "repo read:user", "data": ["a": 1]],
            [
                "accessToken": "gho_1", "tokenType": "Bearer", "expiresAt": .null, "isExpired": false,
                "scopes": ["repo", "read:user"], "data": ["a": 1],
            ]
        ),
        (
            "google", ["type": "PLATFORM_OAUTH2", "accessToken": "ya29", "refreshToken": "1//x", "expiresIn": 60],
            [
                "accessToken": "ya29", "tokenType": "Bearer", "expiresAt": "2026-01-15T10:31:00.000Z",
                "isExpired": false,
                "scopes": [], "data": [:],
            ]
        ),
    ]

    @Test func `each kind is kept sealed and comes back as it was, without a refresh token`() async throws {
        let test = try await TestPortal()
        for (integration, fields, credentials) in Self.kinds {
            let connection = try await test.portal.createConnection(.object(body(integration, fields)), for: test.key)
            #expect(try await test.portal.credentials(of: connection, for: test.key).json == credentials)
        }
        let bytes = try await test.database.contents()
        for secret: String in ["sk-1", "gho_1", "ya29", "1//x"] { #expect(bytes.range(of: .init(secret.utf8)) == nil) }
    }

    @Test func `a key without the right sees no credentials`() async throws {
        let test = try await TestPortal()
        let (integration, fields, _) = Self.kinds[0]
        let connection = try await test.portal.createConnection(.object(body(integration, fields)), for: test.key)
        let made = try await test.portal.createAPIKey(
            ["name": "blind", "permissions": ["credentials": "none"]],
            for: test.key
        )
        let error = await #expect(throws: PortalError.self) {
            try await test.portal.credentials(of: connection, for: made.key)
        }
        #expect(error?.code == .forbidden)
    }

    private static let refused: [(JSON.Object, PortalError.Code, [String])] = [
        (["type": "TELEPATHY"], .validation, ["type"]),
        (["integrationName": "nothing"], .integrationNotFound, []),
        (["type": "OAUTH2", "accessToken": "x"], .validation, ["type"]),
        (["secretText": .null], .validation, ["secretText"]),
        (["secretText": "a\u{0}b", "displayName": " "], .validation, ["displayName", "secretText"]),
        (["scope": "WORKSPACE"], .validation, ["workspaceId"]),
        (["endUserId": "u"], .validation, ["workspaceId"]),
        (["scope": "USER"], .validation, ["workspaceId", "endUserId"]),
        (["workspaceId": "00000000-0000-7000-8000-000000000000"], .notFound, []),
        (
            ["integrationName": "smtp", "type": "BASIC_AUTH", "username": "u", "password": "p"], .validation,
            ["props.host"]
        ),
        (
            ["integrationName": "freshsales", "type": "CUSTOM_AUTH"], .validation,
            ["props", "props.domain", "props.api_key"]
        ),
    ]

    @Test func `what is wrong is named`() async throws {
        let test = try await TestPortal()
        for (fields, code, names) in Self.refused {
            var body = body("openai", ["type": "SECRET_TEXT", "secretText": "sk-1"])
            for member in fields.members { body[member.name] = member.value }
            let error = await #expect(throws: PortalError.self) {
                try await test.portal.createConnection(.object(body), for: test.key)
            }
            #expect(error?.code == code, "\(JSON.object(fields).text)")
            #expect(
                (error?.details["fields"]?.object?.members.map(\.name) ?? []) == names,
                "\(JSON.object(fields).text)"
            )
        }
        #expect(try await test.portal.connections(for: test.key, ConnectionFilter(), .all).total == 0)
    }

    @Test func `a taken name is a conflict, and a quota holds`() async throws {
        var test = try await TestPortal()
        test.portal.quotas = Quotas(connections: 2)
        let (integration, fields, _) = Self.kinds[0]
        let body = body(integration, fields)
        _ = try await test.portal.createConnection(.object(body), for: test.key)
        let portal = test.portal
        let key = test.key
        let taken = await #expect(throws: PortalError.self) {
            try await portal.createConnection(.object(body), for: key)
        }
        #expect(taken?.code == .duplicate)
        var second = body
        second["externalId"] = "second"
        _ = try await test.portal.createConnection(.object(second), for: test.key)
        second["externalId"] = "third"
        let third = JSON.object(second)
        let full = await #expect(throws: PortalError.self) { try await portal.createConnection(third, for: key) }
        #expect(full?.code == .quotaExceeded)
    }

    private func body(_ integration: String, _ fields: JSON.Object) -> JSON.Object {
        var body: JSON.Object = [
            "integrationName": .string(integration), "externalId": "acct-1", "displayName": "One",
        ]
        for member in fields.members { body[member.name] = member.value }
        return body
    }
}
