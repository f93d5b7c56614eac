import Foundation
import Glibc
import Logging
import Storage

/// Writes each log entry as one line to stdout.
struct LineLogHandler: LogHandler {
    let label: String
    let format: Settings.LogFormat
    var write: @Sendable (String) -> Void = Self.print
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = event.metadata ?? [:]
        // Requests have an id of ours, which their clients know, too.
        for (name, value) in metadata where name != "hb.request.id" && all[name] == nil { all[name] = value }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(
            time: Instant(.now),
            level: event.level.rawValue,
            logger: label,
            message: event.message.description,
            fields: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        )
        write((format == .json ? line.json : line.text) + "\n")
    }

    /// To stdout at once; what it does not take is lost.
    private static func print(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                guard count > 0 || errno == EINTR else { return }
                written += max(0, count)
            }
        }
    }
}
