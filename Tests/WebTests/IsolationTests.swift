@testable import Connect
import Foundation
import HTTPTypes
import Storage
import StrictJSON
import TestSupport
import Testing

/// Another organization's ids behave exactly like unknown ones, on every route that takes one.
@Suite struct IsolationTests {
    private static let unknown = "00000000-0000-7000-8000-000000000000"

    @Test func `a foreign id is an unknown id`() async throws {
        let web = try await WebPortal()
        let foreign = try await web.test.fill()
        let mine = try await web.test.stranger()
        let routes = web.namedRoutes
            .filter {
                $0.contains("/api/v1/") && $0.contains("{") && !$0.contains("oauth-callback")
                    && !$0.contains("available")
            }
            .sorted()
        #expect(routes.count >= 15)
        try await web.run { asking in
            for route in routes {
                let parts = route.split(separator: " ")
                guard let method = HTTPRequest.Method(String(parts[0])) else { continue }
                let body: JSON? = method == .post || method == .patch ? foreign.body(for: route) : nil
                let answers = try await [foreign.path(String(parts[1])), Self.unknownPath(String(parts[1]))].asyncMap {
                    path in
                    try await asking.api(method, path, body, authorization: "Bearer \(mine)")
                }
                // Sessions say that they exist, by contract: their ids are in links that people forward.
                if route.contains("connect/session") {
                    #expect(answers.map(\.status) == [403, 404], "\(route)")
                } else {
                    #expect(answers[0].status == 404, "\(route): \(answers[0].json.text)")
                    #expect(answers[0].status == answers[1].status, "\(route)")
                    #expect(answers[0].json["code"] == answers[1].json["code"], "\(route)")
                    #expect(answers[0].json["error"] == answers[1].json["error"], "\(route)")
                }
            }
            for (path, name) in [
                ("/api/v1/connections", "connections"), ("/api/v1/workspaces", "workspaces"),
                ("/api/v1/oauth-apps", "apps"),
                ("/api/v1/connect/sessions", "sessions"),
            ] {
                let list = try await asking.api(.get, path, authorization: "Bearer \(mine)").json
                #expect(list[name] == [], "\(path)")
                #expect(list["total"] == 0, "\(path)")
            }
            let byID = try await asking.api(
                .get,
                "/api/v1/connections?id=\(foreign.connection)",
                authorization: "Bearer \(mine)"
            )
            #expect(byID.status == 404)
        }
    }

    private static func unknownPath(_ pattern: String) -> String {
        pattern.replacing(/\{[a-z]+\}/, with: unknown)
    }
}

/// The ids of one of each thing.
struct Filled: Sendable {
    let workspace: String
    let integration: String
    let endUser: String
    let app: String
    let connection: String
    let session: String
    let key: String

    func path(_ pattern: String) -> String {
        let id =
            if pattern.contains("workspaces") { workspace } else if pattern.contains("end-users") {
                endUser
            } else if pattern.contains("oauth-apps") { app } else if pattern.contains("connections") {
                connection
            } else if pattern.contains("session") { session } else { key }
        return pattern.replacing("{id}", with: id).replacing("{integration}", with: integration)
    }

    /// A body that would be good.
    func body(for route: String) -> JSON {
        if route.contains("integrations") { return ["integrationName": "openai", "displayName": "X"] }
        return ["displayName": "X", "name": "X"]
    }
}

extension TestPortal {
    /// Makes one of each thing in the first organization.
    func fill() async throws -> Filled {
        let workspace = firstStart.workspace.id
        let connection = try await portal.createConnection(
            [
                "type": "SECRET_TEXT", "externalId": "e", "displayName": "E", "integrationName": "openai",
                "secretText": "sk-x",
            ],
            for: key
        )
        let entry = try await portal.addIntegration(to: workspace, ["integrationName": "openai"], for: key)
        let user = try await portal.createEndUser(
            ["workspaceId": .string(workspace.rawValue), "externalId": "u"],
            for: key
        )
        let app = try await portal.createOAuthApp(["integrationName": "github", "clientId": "c"], for: key)
        let session = try await portal.mintSession(
            [
                "integrationName": "openai", "connectionName": "N", "externalId": "n",
                "workspaceId": .string(workspace.rawValue),
            ],
            for: key
        )
        return Filled(
            workspace: workspace.rawValue,
            integration: entry.id.rawValue,
            endUser: user.id.rawValue,
            app: app.id.rawValue,
            connection: connection.id.rawValue,
            session: session.session.id.rawValue,
            key: key.id.rawValue
        )
    }

    /// A key of a second organization, in clear.
    func stranger() async throws -> String {
        let plain = "wvz_" + String(repeating: "Z", count: 32)
        let organization = Organization(
            id: .init(rawValue: "0b000000-0000-7000-8000-000000000001"),
            name: "Other",
            createdAt: clock.now
        )
        let key = APIKey(
            id: .init(rawValue: "0b000000-0000-7000-8000-000000000002"),
            organizationID: organization.id,
            name: "K",
            keyPrefix: "wvz_ZZZZ",
            createdAt: clock.now
        )
        try await portal.store.write { transaction in
            try transaction.insert(organization)
            try transaction.insert(key, hash: PlainKey(authorization: "Bearer \(plain)")?.hash ?? .init())
        }
        return plain
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
