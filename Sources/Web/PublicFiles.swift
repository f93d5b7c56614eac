internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The styles and scripts of the pages, read once at start.
///
/// Pages name them with their hash (`/assets/portal.css?v=…`) and browsers keep them for a year.
public struct PublicFiles: Sendable {
    private let files: [String: File]

    private struct File {
        let body: ByteBuffer
        let type: String
        let version: String
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "json": "application/json; charset=utf-8", "ts": "text/plain; charset=utf-8",
    ]

    /// Reads the directory; throws what Foundation throws where it cannot be read.
    public init(directory: String) throws {
        var files: [String: File] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let url = URL(fileURLWithPath: directory).appendingPathComponent(name)
            guard let type = Self.types[url.pathExtension] else { continue }
            let data = try Data(contentsOf: url)
            let hash = SHA256.hash(data: data).prefix(6).map { String($0, radix: 16) }.joined()
            files[name] = File(body: ByteBuffer(bytes: data), type: type, version: hash)
        }
        self.files = files
    }

    func bytes(_ name: String) -> [UInt8]? { files[name].map { Array(buffer: $0.body) } }

    /// The address of a file with its version.
    func url(_ name: String) -> String {
        "/assets/\(name)" + (files[name].map { "?v=\($0.version)" } ?? "")
    }

    @Sendable func get(_ request: Request, _ context: PortalContext) throws -> Response {
        try answer(try context.parameters.require("file"), request)
    }

    func get(_ name: String) -> @Sendable (Request, PortalContext) throws -> Response {
        { request, _ in try answer(name, request) }
    }

    private func answer(_ name: String, _ request: Request) throws -> Response {
        guard let file = files[name] else { throw HTTPError(.notFound) }
        let isVersioned = request.uri.queryParameters["v"].map(String.init) == file.version
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type,
                .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=300",
                // Apps on other origins embed connect.js.
                .resourcePolicy: "cross-origin",
            ],
            body: .init(byteBuffer: file.body)
        )
    }
}
