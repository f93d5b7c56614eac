import ArgumentParser
import Connect
import Foundation
import Integrations
import Logging
import Outbound
import Storage
import StrictJSON

/// `connect-portal audit …`: the audit log, also while the server runs.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove that the audit log is whole, or write it out.",
        discussion: """
            The log is what `GET /api/v1/activity` shows. Its entries are chained by codes that only the encryption \
            keys can make; `verify` finds an entry that was changed, put in or taken out. That the newest entries were \
            taken away shows only against a head noted before: the server writes the heads to its log every hour, \
            and `verify` prints them.
            """,
        subcommands: [Verify.self, Export.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Find whatever is not as it was written.")

        @Option(help: "A head noted before, as chain:seq:code; may be given several times.") var head: [String] = []

        func run() async throws {
            try await reportingFailure {
                let noted = try head.map { text in
                    guard let head = ActivityHead(text) else {
                        throw Failure.failed("--head must be chain:seq:code as `verify` prints it, not \(text)")
                    }
                    return head
                }
                let portal = try await AuditCommand.reader()
                let proven = try await portal.proveActivity(noted: noted)
                try await portal.store.close()
                print("\(proven.count) entries, all as they were written")
                for head in proven.heads { print("head \(head)") }
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the log as lines of JSON, each with its place in the chain and its code."
        )

        func run() async throws {
            try await reportingFailure {
                let portal = try await AuditCommand.reader()
                try await portal.exportActivity { entry, head in
                    var line = entry.json.object ?? [:]
                    line["organizationId"] = JSON(entry.organizationID?.rawValue)
                    line["head"] = .string(head.description)
                    try FileHandle.standardOutput.write(contentsOf: Data(JSON.object(line).bytes + [0x0A]))
                }
                try await portal.store.close()
            }
        }
    }

    /// A portal that only reads, with neither network nor catalog.
    fileprivate static func reader() async throws -> Portal {
        var settings = try Settings(try await SettingSource())
        settings.logLevel = .error
        return try await Portal(
            store: try Database(reading: settings.database),
            send: { _ async throws(TransportError) in throw .shutDown },
            keys: try EncryptionKeys.load(settings) { _ in },
            catalog: Catalog([]),
            publicURL: settings.publicURL,
            log: Wiring.logger(settings)
        )
    }
}
