import Connect
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Mustache
import OAuth
import Outbound
import Prometheus
import Storage
import StrictJSON
import TestSupport

@testable import Web

/// The router on a test portal, asked without sockets.
struct WebPortal {
    let test: TestPortal
    let router: Router<PortalContext>
    let registry = Registry()
    /// Every address with a meaning, such as `GET /api/v1/workspaces/{id}`; HEAD goes with GET.
    let namedRoutes: Set<String>

    init(
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        limits: RateLimits = RateLimits(perOrganization: 0, perAddress: 0),
        publicURL: String = "http://localhost",
        mail: (@Sendable (MailMessage) async throws(MailFailure) -> Void)? = nil
    ) async throws {
        var test = try await TestPortal(log: log)
        test.portal.publicURL = WebAddress(publicURL) ?? test.portal.publicURL
        test.portal.mail = mail
        self.test = test
        let files = try PublicFiles(directory: Self.directory("Public"))
        let library = try await MustacheLibrary(directory: Self.directory("Templates"))
        let pages = try Pages(
            library: library,
            directory: Self.directory("Templates"),
            files: files,
            appName: test.portal.appName
        )
        router = Routes.router(portal: test.portal, pages: pages, files: files, limits: limits, registry: registry)
        namedRoutes = Set(router.routes.map { "\($0.method) \($0.path)" })
    }

    /// The reference page of the document that is served.
    static var reference: ReferencePage {
        get throws {
            let data = try Data(contentsOf: URL(fileURLWithPath: directory("Public/openapi.json")))
            return try ReferencePage(
                document: JSON.parse(Array(data), maxDepth: 64),
                origin: "http://localhost",
                appName: "Acme Notes",
                style: "/s.css"
            )
        }
    }

    static func directory(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent(name).path
    }

    func run(log: Logger? = nil, _ body: @Sendable (Asking) async throws -> Void) async throws {
        let application = log.map { Application(router: router, logger: $0) } ?? Application(router: router)
        let made = test.firstStart
        let provider = test.provider
        try await application.test(.router) { client in
            try await body(
                Asking(client: client, provider: provider, key: made.apiKey, workspace: made.workspace.id.rawValue)
            )
        }
    }
}

/// Asks the router as an app's backend or a browser would.
struct Asking: Sendable {
    let client: any TestClientProtocol
    let provider: ScriptedProvider
    let key: String
    let workspace: String

    func api(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSON? = nil,
        authorization: String? = nil,
        headers extra: HTTPFields = [:]
    ) async throws -> (status: Int, json: JSON, headers: HTTPFields) {
        var headers = extra
        headers[.authorization] = authorization ?? "Bearer \(key)"
        if body != nil { headers[.contentType] = "application/json" }
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(bytes: $0.bytes) }
        )
        return (response.status.code, (try? JSON.parse(Array(buffer: response.body))) ?? .null, response.headers)
    }

    /// Mints a session; the link without its origin, and the session's id.
    func mint(_ changes: JSON.Object = [:]) async throws -> (path: String, token: String, session: String) {
        var body: JSON.Object = [
            "integrationName": "sandbox", "connectionName": "Notes", "externalId": "acct-1", "authMethodKey": "oauth2",
            "workspaceId": .string(workspace),
        ]
        for member in changes.members { body[member.name] = member.value }
        let answer = try await api(.post, "/api/v1/connect/token", .object(body)).json
        let url = answer["connectUrl"]?.string ?? ""
        return (
            url.replacing("http://localhost", with: ""), answer["token"]?.string ?? "",
            answer["sessionId"]?.string ?? ""
        )
    }

    func page(
        _ method: HTTPRequest.Method = .get,
        _ path: String,
        cookie: String? = nil,
        form: String? = nil,
        headers extra: HTTPFields = [:]
    ) async throws -> (status: Int, text: String, headers: HTTPFields) {
        var headers: HTTPFields = [:]
        headers[.cookie] = cookie
        if form != nil {
            headers[.contentType] = "application/x-www-form-urlencoded"
            headers[.origin] = "http://localhost"
        }
        for field in extra { headers[field.name] = field.value }
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: form.map(ByteBuffer.init(string:))
        )
        return (response.status.code, String(buffer: response.body), response.headers)
    }

    /// Opens a link and keeps its cookie.
    func open(_ path: String) async throws -> (text: String, cookie: String) {
        let page = try await page(.get, path)
        let cookie = page.headers[.setCookie].map { String($0.prefix { $0 != ";" }) } ?? ""
        return (page.text, cookie)
    }
}
