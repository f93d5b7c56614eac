import Hummingbird
import NIOCore

extension FormParameters {
    static let bodyLimit = 64 * 1024

    /// Reads a form body.
    init(body request: Request) async throws {
        let buffer = try await request.body.collect(upTo: Self.bodyLimit)
        self.init(parsing: String(buffer: buffer))
    }
}
