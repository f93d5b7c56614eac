import Foundation
import Logging
import Storage
import StrictJSON

/// Writes each log entry as one line of JSON to stdout.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: JSON.Object = [
            "time": .string(Instant(Date.now).description),
            "level": .string(event.level.rawValue),
            "logger": .string(label),
            "message": .string(event.message.description),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) { line[name] = .string("\(value)") }
        try? FileHandle.standardOutput.write(contentsOf: Data(JSON.object(line).bytes + [0x0A]))
    }
}
