import Foundation
import Glibc

/// A server that ends TLS with a certificate of its own making: a web server, or one that recites its lines.
struct TLSServer {
    static let openssl = "/usr/bin/openssl"

    let certificateFile: String
    private let folder: URL
    private let process: Process
    let port: Int

    /// With `says` it is no web server: it sends these words to whoever connects.
    init(certificateFor host: String, options: [String] = [], says words: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificateFile = folder.appending(path: "certificate.pem").path
        let keyFile = folder.appending(path: "key.pem").path
        let making = Self.process([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", keyFile, "-out",
            certificateFile,
        ])
        try making.run()
        making.waitUntilExit()
        // Security level 0, or the server would not speak the old versions that a test asks for.
        process = Self.process(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificateFile, "-key", keyFile]
                + ["-cipher", "ALL:@SECLEVEL=0"] + (words == nil ? ["-www"] : []) + options
        )
        if let words {
            let input = Pipe()
            process.standardInput = input
            try input.fileHandleForWriting.write(contentsOf: Data(words.utf8))
        }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        port = try Self.port(announcedIn: output.fileHandleForReading)
    }

    func url(host: String) -> String { "https://\(host):\(port)/" }

    func stop() {
        // The child inherits the mask of a dispatch thread, which blocks SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: openssl)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        return process
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
