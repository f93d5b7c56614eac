import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import StrictJSON
import Synchronization

@testable import Sandbox

/// Answers the sample app's calls and writes them down.
final class FakePortal: Sendable {
    private let posted = Mutex<[JSON]>([])
    private let deletions = Mutex<[String]>([])

    var all: [JSON] { posted.withLock { $0 } }
    var last: JSON? { all.last }
    var deleted: [String] { deletions.withLock { $0 } }

    func answer(_ method: String, _ path: String, _ body: JSON?) -> (status: Int, body: JSON) {
        switch (method, path.split(separator: "?")[0]) {
        case ("GET", "/api/v1/integrations"):
            return (200, ["integrations": Self.integrations, "total": 3])
        case ("GET", "/api/v1/integrations/oauth-status"):
            return (200, ["configured": ["sandbox"]])
        case ("GET", "/api/v1/workspaces/w1/integrations"):
            return (200, ["integrations": [["alias": "sandbox"]]])
        case ("POST", "/api/v1/workspaces/w1/integrations"):
            return keep(body, answering: (201, [:]))
        case ("GET", "/api/v1/end-users"):
            return (200, ["endUsers": []])
        case ("POST", "/api/v1/end-users"):
            return keep(body, answering: (201, ["endUser": ["id": "u1"]]))
        case ("POST", "/api/v1/end-users/u1/connect-token"):
            return (200, ["connectUrl": "http://localhost:8080/connect/portal?token=eut_x"])
        case ("GET", "/api/v1/connections"):
            return (200, ["connections": [Self.connection("c1", of: "dana"), Self.connection("c9", of: "other")]])
        case ("GET", "/api/v1/connect/session/s1"):
            return (200, Self.session(externalID: "dana-sandbox"))
        case ("GET", "/api/v1/connect/session/foreign"):
            return (200, Self.session(externalID: "other-sandbox"))
        case ("POST", "/api/v1/connect/token"):
            return mint(body ?? .null)
        case ("DELETE", _):
            deletions.withLock { $0.append(path) }
            return (200, ["deleted": true])
        default:
            return (404, ["error": "unknown", "code": "NOT_FOUND"])
        }
    }

    /// An exhibit, one that takes a key, and one that needs an OAuth app.
    private static let integrations: JSON = [
        integration("sandbox", "Sandbox ID", type: "OAUTH2"), integration("keys", "Keys & Co", type: "SECRET_TEXT"),
        integration("needy", "Needy", type: "OAUTH2"),
    ]

    private static func integration(_ name: String, _ displayName: String, type: String) -> JSON {
        let signIn: JSON = type == "OAUTH2" ? ["authorizationUrl": "https://\(name).example/authorize"] : .null
        return [
            "name": .string(name), "displayName": .string(displayName), "description": "What it is for",
            "logoUrl": .string("http://localhost:8080/assets/tiles/\(name).svg"),
            "docsUrl": .string("https://\(name).example/docs"), "categories": ["SALES_AND_CRM"],
            "auth": ["type": [.string(type)], "oauth2": signIn],
            "authOptions": [["key": "main", "type": .string(type), "oauth2": signIn]],
        ]
    }

    private func keep(_ body: JSON?, answering answer: (Int, JSON)) -> (status: Int, body: JSON) {
        posted.withLock { $0.append(body ?? .null) }
        return answer
    }

    private func mint(_ body: JSON) -> (status: Int, body: JSON) {
        posted.withLock { $0.append(body) }
        guard body["integrationName"]?.string != "broken" else {
            return (400, ["error": "No OAuth app is configured.", "code": "NO_OAUTH_APP"])
        }
        return (200, ["connectUrl": "http://localhost:8080/connect?token=cst_x", "sessionId": "s1"])
    }

    private static func connection(_ id: String, of user: String) -> JSON {
        let label = user == "dana" ? "ada@sandbox.example" : "somebody else"
        return [
            "id": .string(id), "integrationName": "sandbox", "endUserId": .string(user), "status": "ACTIVE",
            "account": ["id": "1", "label": .string(label)],
        ]
    }

    private static func session(externalID: String) -> JSON {
        ["session": ["status": "COMPLETED", "externalId": .string(externalID), "integrationName": "sandbox"]]
    }
}

extension Gallery {
    /// Three cards, one of each kind, of which the second knows no OAuth app.
    static let sample = Gallery(
        groups: [
            Group(
                id: "group",
                title: "Group",
                lead: "",
                exhibits: [
                    Exhibit(name: "sandbox", title: "One", shows: "", how: "Type `<ada>`"),
                    Exhibit(
                        name: "broken",
                        title: "Two",
                        shows: "",
                        how: "",
                        offer: .connectionAndLink,
                        locale: "ar"
                    ),
                    Exhibit(name: "ended", title: "Three", shows: "", how: "", offer: .deadLinks),
                ]
            )
        ],
        personPage: ["sandbox", "broken"]
    )
}

typealias Send = @Sendable (HTTPRequest.Method, String, String?, [String: String]) async throws -> Answer

/// Runs `body` against a sample app whose portal is a `FakePortal`.
func withSampleApp(body: @Sendable (Send, FakePortal) async throws -> Void) async throws {
    let portal = FakePortal()
    let app = SampleApp(
        origin: "http://localhost:8081",
        portalURL: "http://localhost:8080",
        workspaceId: "w1",
        gallery: .sample,
        templates: try await Resources.templates(),
        call: { portal.answer($0, $1, $2) }
    )
    let router = Router(context: SandboxRequestContext.self)
    app.addRoutes(to: router)
    try await Application(router: router).test(.router) { client in
        try await body(
            { method, uri, text, headers in
                var fields: HTTPFields = [:]
                for (name, value) in headers { fields.set(name, value) }
                let buffer = text.map { ByteBuffer(string: $0) }
                return Answer(try await client.execute(uri: uri, method: method, headers: fields, body: buffer))
            },
            portal
        )
    }
}
