import Foundation
import Logging
import Storage

/// Writes each log entry as one line to stdout.
struct LineLogHandler: LogHandler {
    let label: String
    let format: Settings.LogFormat
    var write: @Sendable (_ line: String, _ isUrgent: Bool) -> Void = LogOutput.standard.write
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
        write((format == .json ? line.json : line.text) + "\n", event.level >= .warning)
    }
}
