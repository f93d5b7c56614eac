import Foundation
import TestSupport

/// A server that ends TLS with a certificate of its own making: a web server, or one that recites its lines.
struct TLSServer {
    static let openssl = "/usr/bin/openssl"

    let certificateFile: String
    private let folder: URL
    private let process: ChildProcess
    /// Stays open: the server ends with its input.
    private let input: Pipe?
    let port: Int

    /// With `says` it is no web server: it sends these words to whoever connects.
    init(certificateFor host: String, options: [String] = [], says words: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificateFile = folder.appending(path: "certificate.pem").path
        let keyFile = folder.appending(path: "key.pem").path
        try ChildProcess(
            Self.openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
                "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", keyFile, "-out",
                certificateFile,
            ]
        ).waitUntilExit()
        input = words.map { _ in Pipe() }
        let output = Pipe()
        // Security level 0, or the server would not speak the old versions that a test asks for.
        process = try ChildProcess(
            Self.openssl,
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificateFile, "-key", keyFile]
                + ["-cipher", "ALL:@SECLEVEL=0"] + (words == nil ? ["-www"] : []) + options,
            input: input?.fileHandleForReading,
            output: output.fileHandleForWriting
        )
        try output.fileHandleForWriting.close()
        try input?.fileHandleForReading.close()
        if let words { try input?.fileHandleForWriting.write(contentsOf: Data(words.utf8)) }
        port = try Self.port(announcedIn: output.fileHandleForReading)
    }

    func url(host: String) -> String { "https://\(host):\(port)/" }

    func stop() {
        process.kill()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Reads "ACCEPT 127.0.0.1:12345".
    private static func port(announcedIn output: FileHandle) throws -> Int {
        var text = ""
        while let chunk = try output.read(upToCount: 1) {
            text += String(decoding: chunk, as: UTF8.self)
            guard text.hasSuffix("\n") else { continue }
            if text.hasPrefix("ACCEPT"), let port = text.split(separator: ":").last.flatMap({ Int($0.dropLast()) }) {
                return port
            }
            text = ""
        }
        throw CocoaError(.fileReadUnknown)
    }
}
