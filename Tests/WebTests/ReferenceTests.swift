import Connect
import Foundation
import StrictJSON
import Testing

@testable import Web

@Suite struct ReferenceTests {
    /// An operation of the document.
    private struct Operation {
        let method: String
        let path: String
        let json: JSON
    }

    private static func document() throws -> JSON {
        let url = URL(fileURLWithPath: WebPortal.directory("Public")).appendingPathComponent("openapi.json")
        return try JSON.parse(Array(try Data(contentsOf: url)))
    }

    private static func operations() throws -> [Operation] {
        (try document()["paths"]?.object?.members ?? []).flatMap { path in
            (path.value.object?.members ?? []).map {
                Operation(method: $0.name.uppercased(), path: path.name, json: $0.value)
            }
        }
    }

    @Test func `the document and the router list the same operations`() async throws {
        // A provider sends browsers to the callback, and browsers themselves ask by OPTIONS: neither is called by an app.
        let routes = try await WebPortal().namedRoutes.filter { route in
            let isListed = route.contains("/api/v1/") || route.hasSuffix(" /health") || route.hasSuffix(" /ready")
            return isListed && !route.contains("/connect/oauth-callback") && !route.hasPrefix("OPTIONS ")
        }
        let documented = try Self.operations().map { Self.nameless("\($0.method) \($0.path)") }
        #expect(Set(documented) == Set(routes.map(Self.nameless)))
        #expect(Set(documented).count == documented.count)
    }

    /// What the parameters of a path are called is nobody's business.
    private static func nameless(_ route: String) -> String { route.replacing(/\{[^}]*\}/, with: "{}") }

    @Test func `every operation says what it is, with an example of question and answer`() throws {
        for operation in try Self.operations() {
            let (place, json) = ("\(operation.method) \(operation.path)", operation.json)
            #expect(json["operationId"]?.string?.isEmpty == false, "\(place)")
            #expect(json["summary"]?.string?.isEmpty == false, "\(place)")
            #expect(json["description"]?.string?.isEmpty == false, "\(place)")
            let success = json["responses"]?.object?.members.first { $0.name.hasPrefix("2") }?.value
            #expect(Self.content(success)?["example"] != nil, "\(place)")
            let takesBody = operation.path != "/api/v1/connections/{id}/refresh"
            if ["POST", "PATCH"].contains(operation.method), takesBody {
                #expect(Self.content(json["requestBody"])?["example"] != nil, "\(place)")
            }
        }
    }

    private static func content(_ json: JSON?) -> JSON? { json?["content"]?.object?.members.first?.value }

    @Test func `every operation is on the page, in its group, under an anchor of its own`() throws {
        let page = try WebPortal.reference
        let shown = page.groups.flatMap { group in
            group.operations.map { (group.heading, $0.method, $0.path.map(\.part).joined(), $0.anchor) }
        }
        let documented = try Self.operations()
        #expect(shown.count == documented.count)
        for operation in documented {
            let tag = operation.json["tags"]?.array?.first?.string
            let isShown = shown.contains { $0.0 == tag && $0.1 == operation.method && $0.2 == operation.path }
            #expect(isShown, "\(operation.method) \(operation.path)")
        }
        let anchors =
            shown.map(\.3) + page.guides.map(\.anchor) + page.groups.map(\.anchor) + page.objects.map(\.anchor)
        #expect(Set(anchors).count == anchors.count)
        let tables =
            page.groups.flatMap(\.operations).flatMap { $0.tables + $0.answerTables } + page.objects.flatMap(\.tables)
        #expect(Set(tables.flatMap(\.rows).compactMap(\.typeAnchor)).isSubset(of: anchors))
    }

    @Test func `the examples work as written`() throws {
        let operations = try WebPortal.reference.groups.flatMap(\.operations)
        for operation in operations {
            #expect(operation.request.hasPrefix("curl "))
            #expect(operation.request.contains("http://localhost/"))
            #expect(operation.request.contains("$API_KEY") == !operation.isOpen)
            #expect(!operation.request.contains("{id}"))
        }
        let rename = try #require(operations.first { $0.anchor == "updateConnection" })
        #expect(rename.request.hasPrefix("curl -X PATCH http://localhost/api/v1/connections/0"))
        #expect(rename.request.hasSuffix("-d '{\n  \"displayName\": \"Newsletter\"\n}'"))
        let mint = try #require(operations.first { $0.anchor == "createConnectToken" })
        #expect(mint.request.contains(#""connectionName": "Ada'\''s GitHub""#))
    }

    @Test func `the fields of each kind of connection are told apart`() throws {
        let operations = try WebPortal.reference.groups.flatMap(\.operations)
        let create = try #require(operations.first { $0.anchor == "createConnection" })
        let captions = create.tables.map { $0.caption.map(\.text).joined() }
        #expect(captions.contains("With the type BASIC_AUTH"))
        let basic = create.tables.first { $0.caption.contains { $0.text == "BASIC_AUTH" } }
        #expect(basic?.rows.map(\.name) == ["username", "password"])
        #expect(basic?.rows.allSatisfy(\.isRequired) == true)
    }

    @Test func `the document knows every code, and no other`() throws {
        let schema = try Self.document().value(at: "components.schemas.Error.properties.code.enum")
        let codes = schema?.array?.compactMap(\.string) ?? []
        #expect(Set(codes) == Set(PortalError.Code.allCases.map(\.rawValue)))
    }

    @Test func `an incomplete document is refused`() throws {
        #expect(throws: MalformedDocument.self) {
            try ReferencePage(
                document: ["info": ["title": "x"]],
                origin: "",
                appName: "",
                style: ""
            )
        }
    }
}
