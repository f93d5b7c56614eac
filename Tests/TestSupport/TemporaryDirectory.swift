public import Foundation

/// A directory that is removed with the value.
public final class TemporaryDirectory: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("portal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// All bytes of all files, to search for what must not be there.
    public func contents() throws -> Data {
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        return names.reduce(into: Data()) { data, name in
            // Sockets and lock files have nothing to read.
            data += (try? Data(contentsOf: url.appendingPathComponent(name))) ?? Data()
        }
    }
}
