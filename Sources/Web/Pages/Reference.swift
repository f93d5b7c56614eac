internal import Connect
internal import Hummingbird
internal import StrictJSON
internal import Synchronization

/// The reference page, made from the OpenAPI document when it is first asked for.
final class Reference: Sendable {
    private let files: PublicFiles
    private let pages: Pages
    private let origin: String
    private let page = Mutex<Response?>(nil)

    init(files: PublicFiles, pages: Pages, origin: String) {
        self.files = files
        self.pages = pages
        self.origin = origin
    }

    @Sendable func get(_: Request, _: PortalContext) throws -> Response {
        try page.withLock { page in
            let made =
                try page
                ?? pages.response(
                    ReferencePage(
                        document: document(),
                        origin: origin,
                        appName: pages.appName,
                        style: files.url("reference.css")
                    ).view,
                    template: .reference
                )
            page = made
            return made
        }
    }

    private func document() throws -> JSON {
        guard let bytes = files.bytes("openapi.json") else { throw HTTPError(.notFound) }
        return try JSON.parse(bytes, maxDepth: 64)
    }
}
