import Connect
import Foundation
import HTTPTypes
import Storage
import StrictJSON
import TestSupport
import Testing

@testable import Web

@Suite struct ActivityTests {
    private let forwarded: HTTPFields = [.requestID: "request-0001", .forwardedFor: "203.0.113.9"]

    @Test func `the list tells who, what and in which request`() async throws {
        let web = try await WebPortal()
        let key = web.test.key.id.rawValue
        try await web.run { asking in
            let body: JSON = ["name": "Second", "slug": "second"]
            let made = try await asking.api(.post, "/api/v1/workspaces", body, headers: forwarded).json
            let id = made["workspace"]?["id"]?.string ?? ""
            let list = try await asking.api(.get, "/api/v1/activity?objectId=\(id)").json
            #expect(list["nextCursor"] == .null)
            #expect(list["activity"]?.array?.count == 1)
            let entry = list["activity"]?.array?.first ?? [:]
            #expect(entry["type"] == "workspace.created" && entry["status"] == "success")
            #expect(entry["actor"] == ["type": "api_key", "id": .string(key)])
            #expect(entry["object"] == ["type": "workspace", "id": .string(id)])
            #expect(entry["requestId"] == "request-0001" && entry["workspaceId"] == .string(id))
        }
    }

    @Test(arguments: [
        ("type=connection.stolen", "type"), ("status=maybe", "status"), ("since=yesterday", "since"),
        ("workspaceId=1", "workspaceId"), ("limit=101", "limit"), ("cursor=x", "cursor"), ("actorId=%00", "actorId"),
    ])
    func `a filter that means nothing is refused by name`(query: String, name: String) async throws {
        try await WebPortal().run { asking in
            let answer = try await asking.api(.get, "/api/v1/activity?\(query)")
            #expect(answer.status == 400)
            #expect(answer.json["details"]?["fields"]?[name] != nil, "\(answer.json.text)")
        }
    }

    @Test func `the reference names every type`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: WebPortal.directory("Public/openapi.json")))
        let document = try JSON.parse(Array(data), maxDepth: 64)
        let parameters = document["paths"]?["/api/v1/activity"]?["get"]?["parameters"]?.array ?? []
        let named = parameters.first { $0["name"] == "type" }?["schema"]?["enum"]?.array?.compactMap(\.string)
        #expect(named == ActivityType.allCases.map(\.rawValue))
    }

    @Test func `pages follow each other without a gap`() async throws {
        try await WebPortal().run { asking in
            for index in 1...7 {
                let body: JSON = ["name": "W", "slug": .string("w-\(index)")]
                _ = try await asking.api(.post, "/api/v1/workspaces", body)
            }
            var ids: [JSON] = []
            var path = "/api/v1/activity?type=workspace.created&limit=3"
            while true {
                let page = try await asking.api(.get, path).json
                ids += page["activity"]?.array?.compactMap { $0["id"] } ?? []
                guard let next = page["nextCursor"]?.string else { break }
                path = "/api/v1/activity?type=workspace.created&limit=3&cursor=\(next)"
            }
            #expect(ids.count == 7 && Set(ids.map(\.text)).count == 7)
        }
    }

    @Test func `an answer that is given once more is written down`() async throws {
        try await WebPortal().run { asking in
            for _ in 1...2 {
                _ = try await asking.api(.post, "/api/v1/api-keys", ["name": "CI"], headers: idempotent("once"))
            }
            let list = try await asking.api(.get, "/api/v1/activity?type=answer.repeated").json
            #expect(list["activity"]?.array?.map { $0["detail"] } == [["path": "/api/v1/api-keys"]])
        }
    }
}
