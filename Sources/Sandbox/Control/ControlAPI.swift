import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// The API by which tests switch quirks and faults and count requests.
extension Sandbox {
    func addControlRoutes(to router: Router<SandboxRequestContext>) {
        let control = router.group("control")
        control.get("clients/:id") { _, context in self.showClient(context.parameters.get("id")) }
        control.patch("clients/:id") { try await self.patchClient(context: $1, request: $0) }
        control.delete("clients/:id/grants") { _, context in self.dropGrants(context.parameters.get("id")) }
        control.get("metadata") { _, _ in Response.json(self.withState { $0.metadata.json }) }
        control.patch("metadata") { request, _ in try await self.patchMetadata(request) }
        control.post("rotate-keys") { request, _ in try await self.rotateKeys(request) }
        control.get("requests") { request, _ in self.listRequests(request) }
        control.post("reset") { request, _ in self.resetOnRequest(request) }
    }

    private func showClient(_ id: String?) -> Response {
        guard let client = client(id) else { return Self.refuse(.notFound, "no such client") }
        return .json(client.json)
    }

    private func patchClient(context: SandboxRequestContext, request: Request) async throws -> Response {
        let patch: JSON
        switch try await Self.body(of: request) {
        case .success(let json): patch = json
        case .failure(let error): return Self.refuse(.badRequest, error.description)
        }
        guard var client = client(context.parameters.get("id")) else { return Self.refuse(.notFound, "no such client") }
        do throws(SwitchError) { try client.apply(patch) } catch {
            return Self.refuse(.badRequest, "\(error.name) \(error.problem)")
        }
        let changed = client
        withState { $0.clients[changed.id] = changed }
        return .json(changed.json)
    }

    /// As when people remove the application in their account settings.
    private func dropGrants(_ id: String?) -> Response {
        guard let client = client(id) else { return Self.refuse(.notFound, "no such client") }
        withState { $0.revokeGrants(ofClient: client.id) }
        return Response(status: .noContent)
    }

    /// Narrowed by `?endpoint=` and `?clientId=`.
    private func listRequests(_ request: Request) -> Response {
        let query = FormParameters(parsing: request.uri.query ?? "")
        let log = withState { $0.requests }
        let entries = log.entries.filter { entry in
            (query["endpoint"] ?? entry.endpoint.rawValue) == entry.endpoint.rawValue
                && (query["clientId"] ?? entry.clientID) == entry.clientID
        }
        var totals = JSON.Object()
        for endpoint in Faults.Endpoint.allCases { totals[endpoint.rawValue] = JSON(log.totals[endpoint] ?? 0) }
        return .json([
            "total": JSON(entries.count),
            "totals": .object(totals),
            "requests": .array(entries.map(\.json)),
        ])
    }

    /// The content type makes browsers ask first, so that no other page can do this.
    private func resetOnRequest(_ request: Request) -> Response {
        if let refusal = Self.refuseOtherPages(request) { return refusal }
        reset()
        return Response(status: .noContent)
    }

    static func refuseOtherPages(_ request: Request) -> Response? {
        let isJSON = request.headers[.contentType]?.hasPrefix("application/json") == true
        return isJSON ? nil : refuse(.unsupportedMediaType, "the content type must be application/json")
    }

    private func client(_ id: String?) -> SandboxClient? { id.flatMap { id in withState { $0.clients[id] } } }

    static func body(of request: Request) async throws -> Result<JSON, JSONError> {
        let buffer = try await request.body.collect(upTo: FormParameters.bodyLimit)
        return Result { () throws(JSONError) in try JSON.parse(Array(buffer.readableBytesView)) }
    }

    static func refuse(_ status: HTTPResponse.Status, _ problem: String) -> Response {
        .json(["error": .string(problem)], status: status)
    }
}
