import Foundation
import Hummingbird
import HTTPTypes
import NIOCore

/// The style sheets and scripts of the sandbox and the sample app, read once at start.
public struct SandboxAssets: Sendable {
    private let files: [String: File]

    private struct File: Sendable {
        let type: String
        let body: ByteBuffer
    }

    private static let types = [
        "sandbox.css": "text/css; charset=utf-8",
        "sandbox.js": "text/javascript; charset=utf-8",
        "sample-app.css": "text/css; charset=utf-8",
        "sample-app.js": "text/javascript; charset=utf-8",
    ]

    /// - Throws: if one of the files cannot be read.
    public init(directory: String) throws {
        files = try Dictionary(
            uniqueKeysWithValues: Self.types.map { name, type in
                let data = try Data(contentsOf: URL(filePath: directory).appending(path: name))
                return (name, File(type: type, body: ByteBuffer(bytes: data)))
            }
        )
    }

    func addRoutes(to router: Router<SandboxRequestContext>) {
        router.get("/sandbox-assets/:file") { _, context in self.answer(context.parameters.get("file")) }
    }

    private func answer(_ name: String?) -> Response {
        guard let file = name.flatMap({ files[$0] }) else { return Response(status: .notFound) }
        let headers: HTTPFields = [
            .contentType: file.type,
            .cacheControl: "no-cache",
            .xContentTypeOptions: "nosniff",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.body))
    }
}
