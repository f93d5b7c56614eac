internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Integrations
internal import NIOCore

/// The tiles of all integrations as pictures, drawn once at start, for apps that list what can be connected.
struct TileFiles: Sendable {
    private let files: [String: (body: ByteBuffer, version: String)]
    private let origin: String

    init(_ catalog: Catalog, origin: String) {
        self.origin = origin
        let named = catalog.integrations.map { integration in
            let svg = Data(Tile(integration).svg.utf8)
            let hash = SHA256.hash(data: svg).prefix(6).map { String($0, radix: 16) }.joined()
            return (integration.name, (body: ByteBuffer(bytes: svg), version: hash))
        }
        files = Dictionary(uniqueKeysWithValues: named)
    }

    /// The address of an integration's tile, which changes when the tile does.
    func url(_ name: String) -> String? {
        files[name].map { "\(origin)/assets/tiles/\(name).svg?v=\($0.version)" }
    }

    /// `GET /assets/tiles/:file`, such as `slack.svg`.
    @Sendable func get(_ request: Request, _ context: PortalContext) throws -> Response {
        let name = try context.parameters.require("file")
        guard name.hasSuffix(".svg"), let file = files[String(name.dropLast(4))] else { throw HTTPError(.notFound) }
        let isVersioned = request.uri.queryParameters["v"].map(String.init) == file.version
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/svg+xml",
                .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=300",
                // Apps on other origins show it.
                .resourcePolicy: "cross-origin",
            ],
            body: .init(byteBuffer: file.body)
        )
    }
}
