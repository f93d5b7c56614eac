import Connect
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct ResolveTests {
    /// What is asked, and the external id of the connection that answers, or the code of the refusal.
    private static let cases: [(JSON.Object, Result<String, PortalError.Code>)] = [
        // 1. Without a workspace only the organization's own connections count.
        ([:], .success("org")),
        (["externalId": "org"], .success("org")),
        (["externalId": "shared"], .failure(.scopeDenied)),
        // 2. By name: this workspace, else the organization's; never another owner's.
        (["workspaceId": "A", "externalId": "shared"], .success("shared")),
        (["workspaceId": "A", "externalId": "org"], .success("org")),
        (["workspaceId": "A", "externalId": "nothing"], .failure(.connectionNotFound)),
        (["workspaceId": "B", "externalId": "shared"], .failure(.scopeDenied)),
        (["workspaceId": "A", "externalId": "dana-1", "endUserId": "dana"], .success("dana-1")),
        (["workspaceId": "A", "externalId": "dana-1"], .failure(.scopeDenied)),
        (["workspaceId": "A", "externalId": "dana-1", "endUserId": "eve"], .failure(.scopeDenied)),
        // 3. By user: the newest of theirs, else what the workspace gives everybody.
        (["workspaceId": "A", "endUserId": "dana"], .success("dana-2")),
        (["workspaceId": "A", "endUserId": "eve"], .success("shared")),
        (["workspaceId": "B", "endUserId": "dana"], .success("org")),
        (["workspaceId": "per_user", "endUserId": "eve"], .failure(.connectionNotFound)),
        (["workspaceId": "fallback", "endUserId": "eve"], .success("org")),
        // 4. Neither: the fixed one, else the workspace's, else the organization's; never a user's.
        (["workspaceId": "A"], .success("shared")),
        (["workspaceId": "B"], .success("org")),
        (["workspaceId": "fixed"], .success("fixed")),
        (["workspaceId": "A", "authMethodKey": "oauth2"], .failure(.connectionNotFound)),
        // Another integration, and a workspace that is not there.
        (["workspaceId": "A", "integrationName": "stripe"], .failure(.connectionNotFound)),
        (["workspaceId": "00000000-0000-7000-8000-000000000000"], .failure(.notFound)),
        (["workspaceId": "no uuid"], .failure(.validation)),
    ]

    @Test func `every rule, first that applies`() async throws {
        let (test, workspaces) = try await prepared()
        for (question, expected) in Self.cases {
            var body = question
            if body["integrationName"] == nil { body["integrationName"] = "openai" }
            if let name = body["workspaceId"]?.string, let id = workspaces[name] { body["workspaceId"] = .string(id) }
            let outcome: Result<String, PortalError.Code>
            do {
                outcome = .success(try await test.portal.resolveConnection(.object(body), for: test.key).externalID)
            } catch let error as PortalError { outcome = .failure(error.code) }
            #expect(outcome == expected, "\(JSON.object(question).text)")
        }
    }

    @Test func `a key for one workspace stays in it`() async throws {
        let (test, workspaces) = try await prepared()
        let a = try #require(workspaces["A"])
        let made = try await test.portal.createAPIKey(
            ["name": "A only", "permissions": ["scope": "workspace", "workspaceIds": [.string(a)]]],
            for: test.key
        )
        let key = made.key
        #expect(try await test.portal.resolveConnection(["integrationName": "openai"], for: key).externalID == "shared")
        let refused: [(PortalError.Code, () async throws -> Void)] = [
            (
                .scopeDenied,
                {
                    _ = try await test.portal.resolveConnection(
                        ["integrationName": "openai", "externalId": "org"],
                        for: key
                    )
                }
            ),
            (.scopeDenied, { _ = try await test.portal.workspaces(for: key, .all) }),
            (.scopeDenied, { _ = try await test.portal.apiKeys(for: key, .all) }),
            (.scopeDenied, { _ = try await test.portal.oauthApps(for: key, .all) }),
            (
                .scopeDenied,
                {
                    _ = try await test.portal.endUsers(
                        in: .init(rawValue: workspaces["B"] ?? ""),
                        externalID: nil,
                        for: key,
                        .all
                    )
                }
            ),
        ]
        for (code, ask) in refused {
            let error = await #expect(throws: PortalError.self) { try await ask() }
            #expect(error?.code == code)
        }
        let listed = try await test.portal.connections(for: key, ConnectionFilter(), .all)
        #expect(Set(listed.rows.map(\.externalID)) == ["shared", "dana-1", "dana-2"])
        #expect(listed.total == 3)
    }

    private func prepared() async throws -> (TestPortal, [String: String]) {
        let test = try await TestPortal()
        var workspaces: [String: String] = [:]
        for name in ["A", "B", "per_user", "fallback", "fixed"] {
            let slug = name.lowercased().replacing("_", with: "-")
            let workspace = try await test.portal.createWorkspace(
                ["name": .string(name), "slug": .string(slug)],
                for: test.key
            )
            workspaces[name] = workspace.id.rawValue
        }
        func connect(_ name: String, in workspace: String?, user: String? = nil) async throws -> Connection {
            test.clock.advance(by: .seconds(1))
            var body: JSON.Object = [
                "type": "SECRET_TEXT", "externalId": .string(name), "displayName": .string(name),
                "integrationName": "openai",
                "secretText": "sk-x",
                "scope": .string(user != nil ? "USER" : workspace != nil ? "WORKSPACE" : "ORGANIZATION"),
            ]
            if let workspace { body["workspaceId"] = workspaces[workspace].map(JSON.string) }
            if let user { body["endUserId"] = .string(user) }
            return try await test.portal.createConnection(.object(body), for: test.key)
        }
        let org = try await connect("org", in: nil)
        _ = try await connect("shared", in: "A")
        _ = try await connect("dana-1", in: "A", user: "dana")
        _ = try await connect("dana-2", in: "A", user: "dana")
        let fixed = try await connect("fixed", in: "fixed")
        let entries: [(String, JSON.Object)] = [
            ("per_user", ["connectionStrategy": "per_user"]),
            ("fallback", ["connectionStrategy": "per_user_with_fallback", "connectionId": .string(org.id.rawValue)]),
            ("fixed", ["connectionStrategy": "fixed", "connectionId": .string(fixed.id.rawValue)]),
        ]
        for (workspace, fields) in entries {
            var body = fields
            body["integrationName"] = "openai"
            _ = try await test.portal.addIntegration(
                to: .init(rawValue: workspaces[workspace] ?? ""),
                .object(body),
                for: test.key
            )
        }
        return (test, workspaces)
    }
}

extension PortalError.Code: Error {}
