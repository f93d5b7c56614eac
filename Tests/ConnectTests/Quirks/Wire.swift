import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Mustache
import NIOCore
import Outbound
import StrictJSON

@testable import Sandbox

/// The network between the portal and a sandbox that plays a provider: the provider's addresses lead to the sandbox's
/// endpoints, and no other address leads anywhere.
struct Wire: Sendable {
    let sandbox: Sandbox
    let client: any TestClientProtocol
    let roads: [Road]

    /// Runs `body` against a sandbox at which Ada consents by herself.
    static func run(
        issuer: String,
        _ client: SandboxClient,
        _ roads: [Road],
        now: @escaping @Sendable () -> Date,
        body: @Sendable (Wire) async throws -> Void
    ) async throws {
        var client = client
        client.quirks.automaticUser = "ada"
        let sandbox = Sandbox(
            issuer: issuer,
            clients: [client],
            templates: try await templates.value,
            assets: try SandboxAssets(directory: directory("Public")),
            now: now
        )
        let router = Router(context: SandboxRequestContext.self)
        sandbox.addRoutes(to: router)
        try await Application(router: router).test(.router) {
            try await body(Wire(sandbox: sandbox, client: $0, roads: roads))
        }
    }

    private static let templates = Task { try await MustacheLibrary(directory: directory("Templates")) }

    private static func directory(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../" + name).path()
    }

    /// As the portal sends its requests.
    @Sendable func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let paths = Road.paths(from: request.url, method: request.method.rawValue, on: roads)
        guard !paths.isEmpty else { return OutboundResponse(status: 404) }
        var answers: [OutboundResponse] = []
        for path in paths {
            do { answers.append(try await ask(request, at: path)) } catch { throw .connectionFailed }
        }
        return answers.count == 1 ? answers[0] : Self.joined(answers)
    }

    private func ask(_ request: OutboundRequest, at path: String) async throws -> OutboundResponse {
        var fields: HTTPFields = [:]
        for header in request.headers {
            guard let name = HTTPField.Name(header.name) else { throw TransportError.connectionFailed }
            fields[name] = header.value
        }
        let answer = try await client.execute(
            uri: path,
            method: HTTPRequest.Method(request.method.rawValue) ?? .get,
            headers: fields,
            body: request.body.map { ByteBuffer(bytes: $0) }
        )
        return OutboundResponse(
            status: answer.status.code,
            headers: answer.headers.map { ($0.name.canonicalName, $0.value) },
            body: Array(answer.body.readableBytesView)
        )
    }

    /// One answer with the account and its sites, as some providers give it.
    private static func joined(_ answers: [OutboundResponse]) -> OutboundResponse {
        let documents = answers.compactMap { try? JSON.parse($0.body) }
        let document = documents.dropFirst().reduce(documents.first ?? .null) { $0.merging($1) }
        let status = answers.map(\.status).max() ?? 404
        return OutboundResponse(status: status, headers: answers[0].headers, body: document.bytes)
    }
}

extension Wire {
    /// Ada's browser at the authorization endpoint, and what it brings back.
    func browse(_ url: String) async throws -> BrowserAnswer {
        guard let path = Road.paths(from: url, method: "GET", on: roads).first else { return .page("nobody there") }
        let answer = try await client.execute(uri: path, method: .get)
        if let location = answer.headers[.location], let mark = location.firstIndex(of: "?") {
            return .callback(String(location[location.index(after: mark)...]), isPosted: false)
        }
        let page = String(buffer: answer.body)
        let inputs = page.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)"/)
        guard !inputs.isEmpty else { return .page(page) }
        let pairs = inputs.map { (String($0.output.1), String($0.output.2)) }
        return .callback(FormParameters(pairs).encoded, isPosted: true)
    }

    /// What the sandbox knows of an access token.
    func state(ofAccessToken token: String) -> String {
        sandbox.withState { state in
            guard let known = state.grant(forAccessToken: token, now: sandbox.now())?.token else { return "dead" }
            return known.isLongLived ? "long-lived" : "alive"
        }
    }

    func state(ofRefreshToken token: String?) -> String {
        guard let token else { return "none" }
        return sandbox.withState { $0.grant(forRefreshToken: token, now: sandbox.now()) == nil ? "dead" : "alive" }
    }
}

/// What a browser has after it was sent to a provider.
enum BrowserAnswer {
    /// Parameters for the redirection endpoint, in its address or posted to it.
    case callback(String, isPosted: Bool)
    /// A page that leads nowhere.
    case page(String)
}
