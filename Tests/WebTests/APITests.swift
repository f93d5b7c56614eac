import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StrictJSON
import TestSupport
import Testing

@Suite struct APITests {
    @Test(arguments: [
        ("", "Bearer"), ("Bearer", "Bearer"), ("Basic d3Z6Xzp4", "Bearer"),
        ("Bearer wvz_short", "Bearer error=\"invalid_token\""),
        ("bearer wvz_00000000000000000000000000000000", "Bearer error=\"invalid_token\""),
    ])
    func `without a valid key there is nothing`(authorization: String, challenge: String) async throws {
        try await WebPortal().run { asking in
            for (method, path) in [(HTTPRequest.Method.get, "/api/v1/connections"), (.post, "/api/v1/connect/token")] {
                let answer = try await asking.api(method, path, authorization: authorization)
                #expect(answer.status == 401)
                #expect(answer.json["code"] == "UNAUTHENTICATED")
                #expect(answer.headers[.wwwAuthenticate] == challenge)
            }
        }
    }

    @Test func `a key that does not reach so far is told that it is the key`() async throws {
        try await WebPortal().run { asking in
            let permissions: JSON = ["scope": "workspace", "workspaceIds": [.string(asking.workspace)]]
            let made = try await asking.api(.post, "/api/v1/api-keys", ["name": "narrow", "permissions": permissions])
            let narrow = "Bearer \(made.json["plainKey"]?.string ?? "")"
            let answer = try await asking.api(.get, "/api/v1/api-keys", authorization: narrow)
            #expect(answer.status == 403)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer error=\"insufficient_scope\"")
            let forged = try await asking.api(.post, "/api/v1/connect/session/poll", ["token": "cst_x"])
            #expect(forged.headers[.wwwAuthenticate] == "Bearer error=\"invalid_token\"")
        }
    }

    @Test func `every refusal has the envelope and a request id`() async throws {
        try await WebPortal().run { asking in
            let id = "my-request-0001"
            let given: HTTPFields = [HTTPField.Name("X-Request-Id")!: id]
            let cases: [(HTTPRequest.Method, String, JSON?, Int, String)] = [
                (.get, "/api/v1/nothing", nil, 404, "NOT_FOUND"),
                (.put, "/api/v1/connections", nil, 405, "METHOD_NOT_ALLOWED"),
                (.trace, "/api/v1/connections", nil, 405, "METHOD_NOT_ALLOWED"),
                (HTTPRequest.Method("QUERY") ?? .put, "/api/v1/workspaces/1", nil, 405, "METHOD_NOT_ALLOWED"),
                (.get, "/api/v1/connect/session/poll", nil, 405, "METHOD_NOT_ALLOWED"),
                (.patch, "/api/v1/connections/resolve", [:], 405, "METHOD_NOT_ALLOWED"),
                (.get, "/api/v1/connections?externalId=%C2%9B", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/integrations?limit=0", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?workspaceId=", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?id=1", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?cursor=x", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?offset=2147483648", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?limit=1&limit=2", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/integrations?summary=null", nil, 400, "VALIDATION_ERROR"),
                (.post, "/api/v1/connect/token", nil, 415, "UNSUPPORTED_MEDIA_TYPE"),
                (.post, "/api/v1/connect/token", [:], 400, "VALIDATION_ERROR"),
                (.post, "/api/v1/connect/token", [1], 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?limit=0", nil, 400, "VALIDATION_ERROR"),
                (.get, "/api/v1/connections?id=00000000-0000-7000-8000-000000000000", nil, 404, "NOT_FOUND"),
                (.delete, "/api/v1/connections/00000000-0000-7000-8000-000000000000", nil, 404, "NOT_FOUND"),
                (.get, "/api/v1/connect/session/00000000-0000-7000-8000-000000000000", nil, 404, "NOT_FOUND"),
                (.get, "/api/v1/integrations?name=nothing", nil, 404, "INTEGRATION_NOT_FOUND"),
                (.post, "/api/v1/connect/session/poll", [:], 400, "MISSING_TOKEN"),
                (.get, "/api/v1/connect/session/events", nil, 400, "MISSING_TOKEN"),
                (.get, "/api/v1/connect/session/events?token=cst_x", nil, 401, "INVALID_TOKEN"),
                (.post, "/api/v1/connect/session/poll", ["token": "cst_x"], 401, "INVALID_TOKEN"),
            ]
            for (method, path, body, status, code) in cases {
                let answer = try await asking.api(method, path, body, headers: given)
                #expect(answer.status == status, "\(method) \(path)")
                #expect(answer.json["code"]?.string == code, "\(method) \(path)")
                #expect(answer.json["error"]?.string?.isEmpty == false)
                #expect(answer.json["details"]?["requestId"]?.string == id)
                #expect(answer.headers[HTTPField.Name("X-Request-Id")!] == id)
            }
        }
    }

    @Test(arguments: [
        ("{", 400, "INVALID_JSON"), (#"{"a":1,"a":2}"#, 400, "INVALID_JSON"),
        (String(repeating: "[", count: 100), 400, "INVALID_JSON"),
        (String(repeating: " ", count: 1_100_000), 413, "PAYLOAD_TOO_LARGE"),
    ])
    func `a body that is no JSON`(body: String, status: Int, code: String) async throws {
        try await WebPortal().run { asking in
            let response = try await asking.client.execute(
                uri: "/api/v1/connect/token",
                method: .post,
                headers: [.authorization: "Bearer \(asking.key)", .contentType: "application/json; charset=utf-8"],
                body: ByteBuffer(string: body)
            )
            #expect(response.status.code == status)
            #expect(try JSON.parse(Array(buffer: response.body))["code"]?.string == code)
        }
    }

    @Test func `a catalog without a key`() async throws {
        try await WebPortal().run { asking in
            let all = try await asking.api(.get, "/api/v1/integrations", authorization: "").json
            #expect(all["total"]?.integer == Int64(all["integrations"]?.array?.count ?? -1))
            let one = try await asking.api(.get, "/api/v1/integrations?name=slack", authorization: "").json[
                "integration"
            ]
            #expect(one?["authOptions"]?.array?.first?["oauth2"]?["pkce"] == false)
            #expect(one?["auth"]?["type"] == ["OAUTH2"])
            let summary = try await asking.api(.get, "/api/v1/integrations?summary=true").json["integrations"]?.array?
                .first
            #expect(summary?["authOptions"] == nil)
        }
    }

    @Test func `a page of another origin may poll only if the session names it`() async throws {
        try await WebPortal().run { asking in
            let minted = try await asking.mint(["allowedOrigins": ["https://app.example"]])
            for (origin, allowed) in [("https://app.example", "https://app.example"), ("https://evil.example", nil)] {
                let answer = try await asking.api(
                    .post,
                    "/api/v1/connect/session/poll",
                    ["token": .string(minted.token)],
                    authorization: "",
                    headers: [.origin: origin]
                )
                #expect(answer.status == 200)
                #expect(answer.headers[.accessControlAllowOrigin] == allowed)
                #expect(answer.json["status"] == "PENDING")
            }
            let preflight = try await asking.api(
                .options,
                "/api/v1/connect/session/poll",
                headers: [.origin: "https://app.example"]
            )
            #expect(preflight.status == 204)
        }
    }

    @Test func `a stream tells each change and ends with the session`() async throws {
        try await WebPortal().run { asking in
            let minted = try await asking.mint(["allowedOrigins": ["https://app.example"]])
            async let stream = asking.page(
                .get,
                "/api/v1/connect/session/events?token=\(minted.token)",
                headers: [.origin: "https://app.example"]
            )
            let (_, cookie) = try await asking.open(minted.path)
            _ = try await asking.page(.post, "/connect/\(minted.session)", cookie: cookie, form: "method=oauth2")
            _ = try await asking.page(.post, "/connect/\(minted.session)/cancel", cookie: cookie, form: "method=oauth2")
            let answer = try await stream
            #expect(answer.headers[.contentType] == "text/event-stream")
            #expect(answer.headers[.accessControlAllowOrigin] == "https://app.example")
            let states = try answer.text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map {
                try JSON.parse(String($0.dropFirst(6)))
            }
            #expect(answer.text.hasPrefix("retry: 2000\nevent: status\ndata: "))
            #expect(states.first?["status"] == "PENDING" || states.first?["status"] == "CONNECTING")
            #expect(states.last?["status"] == "FAILED")
            #expect(states.last?["errorCode"] == "access_denied" || states.last?["errorCode"] == "cancelled")
            #expect(states == states.reduce(into: []) { if $0.last != $1 { $0.append($1) } })

            let ended = try await asking.page(.get, "/api/v1/connect/session/events?token=\(minted.token)")
            #expect(ended.text.split(separator: "\n").count { $0.hasPrefix("data: ") } == 1)
        }
    }

    @Test func `any page may read why it cannot follow a session, and no other refusal`() async throws {
        try await WebPortal().run { asking in
            for (path, allowed) in [
                ("/api/v1/connect/session/events?token=cst_x", "https://app.example"), ("/api/v1/connections", nil),
            ] {
                let answer = try await asking.api(
                    .get,
                    path,
                    authorization: "",
                    headers: [.origin: "https://app.example"]
                )
                #expect(answer.status == 401)
                #expect(answer.headers[.accessControlAllowOrigin] == allowed)
            }
        }
    }

    @Test func `health and readiness`() async throws {
        let web = try await WebPortal()
        try await web.run { asking in
            for path in ["/health", "/ready"] {
                let answer = try await asking.api(.get, path, authorization: "")
                #expect(answer.status == 200)
            }
        }
    }
}
