internal import Connect
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What pages load for a brand: its logo, and the stylesheet of its colour.
struct BrandFiles {
    let portal: Portal

    /// `GET /connect/logo/:name`: for whoever knows the name, which nobody can guess.
    @Sendable func logo(_ request: Request, _ context: PortalContext) async throws -> Response {
        let name = try context.parameters.require("name")
        guard let image = try await portal.logo(named: name), let format = name.split(separator: ".").last else {
            throw HTTPError(.notFound)
        }
        return answer(ByteBuffer(bytes: image), type: "image/\(format)", isForever: true)
    }

    /// `GET /assets/brand/:file`, such as `2458d6.css`.
    @Sendable func style(_ request: Request, _ context: PortalContext) throws -> Response {
        let name = try context.parameters.require("file")
        guard name.hasSuffix(".css"), let color = Color(hex: "#\(name.dropLast(4))") else { throw HTTPError(.notFound) }
        let style = BrandStyle(color)
        let isVersioned = request.uri.queryParameters["v"].map(String.init) == style.version
        return answer(ByteBuffer(string: style.css), type: "text/css; charset=utf-8", isForever: isVersioned)
    }

    private func answer(_ body: ByteBuffer, type: String, isForever: Bool) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type,
                .cacheControl: isForever ? "public, max-age=31536000, immutable" : "public, max-age=300",
                // Apps may show their own logo, too.
                .resourcePolicy: "cross-origin",
            ],
            body: .init(byteBuffer: body)
        )
    }
}
