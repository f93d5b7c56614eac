public import Hummingbird
public import Mustache
public import StrictJSON

/// How the sample app's backend reaches the portal, with its API key, which the browser never sees.
///
/// `path` starts with `/api/v1/`.
public typealias PortalCall =
    @Sendable (
        _ method: String,
        _ path: String,
        _ body: JSON?
    ) async throws -> (status: Int, body: JSON)

/// “Acme Notes”, a small application that lets its user connect accounts through the portal, one exhibit at a time.
///
/// Its style sheet and script are among `SandboxAssets`, so it belongs on a router that has a sandbox.
public struct SampleApp: Sendable {
    let origin: String
    let portalURL: String
    let workspaceID: String
    let gallery: Gallery
    let pages: Pages
    let call: PortalCall

    /// - Parameters:
    ///   - origin: where this app is reached, without a slash at the end.
    ///   - portalURL: the portal's public URL, without a slash at the end.
    ///   - workspaceId: where its connections are kept.
    ///   - gallery: what it offers to connect.
    ///   - templates: has the pages as `sandbox/…`.
    ///   - call: sends a request to the portal's API with an API key.
    public init(
        origin: String,
        portalURL: String,
        workspaceId: String,
        gallery: Gallery,
        templates: MustacheLibrary,
        call: @escaping PortalCall
    ) {
        self.origin = origin
        self.portalURL = portalURL
        self.workspaceID = workspaceId
        self.gallery = gallery
        self.pages = Pages(templates: templates)
        self.call = call
    }

    public func addRoutes(to router: Router<SandboxRequestContext>) {
        router.get("/demo") { request, _ in await self.galleryPage(request) }
        router.get("/demo/catalog") { request, _ in await self.catalogPage(request) }
        router.post("/demo/connect-url") { request, _ in try await self.connectURL(request) }
        router.post("/demo/confirm") { request, _ in try await self.confirm(request) }
        router.post("/demo/connect") { request, _ in try await self.connect(request) }
        router.post("/demo/link") { request, _ in try await self.link(request) }
        router.post("/demo/dead-link") { request, _ in try await self.deadLink(request) }
        router.post("/demo/person-page") { request, _ in try await self.personPage(request) }
        router.post("/demo/disconnect") { request, _ in try await self.disconnect(request) }
    }
}

/// The one person who uses Acme Notes.
enum SampleUser {
    static let id = "dana"
    static let name = "Dana Miller"
    static let email = "dana@acme-notes.example"
}
