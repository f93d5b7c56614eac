import Foundation
import HTTPTypes
import StrictJSON
import TestSupport
import Testing

@Suite struct IdempotencyTests {
    private let once = idempotent("order-66")

    @Test func `the same request is done once and answered twice`() async throws {
        let web = try await WebPortal()
        try await web.run { asking in
            let body: JSON = ["name": "CI"]
            let first = try await asking.api(.post, "/api/v1/api-keys", body, headers: once)
            let second = try await asking.api(.post, "/api/v1/api-keys", body, headers: once)
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.json == second.json)
            let keys = try await asking.api(.get, "/api/v1/api-keys").json
            #expect(keys["total"] == 2)
            let other = try await asking.api(.post, "/api/v1/api-keys", ["name": "Other"], headers: once)
            #expect(other.status == 409)
            #expect(other.json["code"] == "IDEMPOTENCY_CONFLICT")
        }
        // The stored answer holds a key in clear, so it must not be readable.
        let plain = try await web.test.database.contents()
        #expect(plain.range(of: .init("plainKey".utf8)) == nil)
    }

    @Test func `of many at the same moment one creates`() async throws {
        try await WebPortal().run { asking in
            let body: JSON = ["name": "W", "slug": "w"]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await asking.api(.post, "/api/v1/workspaces", body, headers: once).status }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 201, count: 20))
            let workspaces = try await asking.api(.get, "/api/v1/workspaces").json
            #expect(workspaces["total"] == 2)
        }
    }

    @Test func `a refused request leaves the key free, and a day later it is free again`() async throws {
        let web = try await WebPortal()
        let clock = web.test.clock
        try await web.run { asking in
            let refused = try await asking.api(.post, "/api/v1/workspaces", ["name": "W"], headers: once)
            #expect(refused.status == 400)
            let made = try await asking.api(.post, "/api/v1/workspaces", ["name": "W", "slug": "w"], headers: once)
            #expect(made.status == 201)
            clock.advance(by: .seconds(86401))
            let again = try await asking.api(.post, "/api/v1/workspaces", ["name": "W", "slug": "w2"], headers: once)
            #expect(again.status == 201)
            let malformed = try await asking.api(
                .post,
                "/api/v1/workspaces",
                ["name": "W", "slug": "w3"],
                headers: idempotent("a b")
            )
            #expect(malformed.status == 400)
        }
    }
}

func idempotent(_ key: String) -> HTTPFields {
    var headers = HTTPFields()
    if let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
    return headers
}
