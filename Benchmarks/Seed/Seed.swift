import ArgumentParser
import Connect
import Foundation
import Integrations
import Logging
import OAuth
import Outbound
import Storage
import StrictJSON

/// Fills a new SQLite file with connections, made as the API makes them: really sealed, in the audit log, planned for
/// renewal.
///
/// Beside the file lies its key file, as after a server's first start.
@main
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill a new database with connections.",
        discussion: "Prints the API key and the id of the workspace as JSON."
    )

    @Argument(help: "Where the SQLite file is made.")
    var database: String
    @Argument(help: "How many connections.")
    var connections: Int
    @Option(help: "Of which integration; several take turns.")
    var integration: [String]
    @Option(help: "For how many seconds each access token lives.")
    var lifetime: Int
    @Option(help: "A directory of definitions beside the catalog.")
    var definitions: String?

    /// How many wait for one commit.
    private static let atOnce = 1000

    func run() async throws {
        let store = try Database(.sqlite(path: database))
        let portal = try await portal(on: store)
        guard let first = try await portal.bootstrap() else { throw ValidationError("the database is not new") }
        let bodies = ConnectionBodies(workspace: first.workspace, integrations: integration, lifetime: lifetime)
        try await make(bodies, at: portal, for: first.key)
        try await store.close()
        let told: JSON = ["apiKey": .string(first.apiKey), "workspaceId": .string(first.workspace.id.rawValue)]
        print(told.text)
    }

    private func portal(on store: Database) async throws -> Portal {
        let portal = try await Portal(
            store: store,
            send: { _ async throws(TransportError) in throw .shutDown },
            keys: try newKeys(),
            catalog: try Catalog.load(operatorDirectory: definitions.map { URL(fileURLWithPath: $0) }),
            publicURL: try publicURL(),
            log: Logger(label: "seed") { _ in SwiftLogNoOpLogHandler() }
        )
        try await portal.checkEncryptionKeys()
        return portal
    }

    private func newKeys() throws -> KeyRing {
        let text = KeyRing.newText()
        let isWritten = FileManager.default.createFile(
            atPath: database + ".keys",
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw ValidationError("the key file cannot be written") }
        return try KeyRing(text: text)
    }

    /// In no connection, and in no answer of the portal that will serve them.
    private func publicURL() throws -> WebAddress {
        guard let address = WebAddress("http://localhost") else { throw ValidationError("no address") }
        return address
    }

    private func make(_ bodies: ConnectionBodies, at portal: Portal, for key: APIKey) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for worker in 0..<Self.atOnce {
                group.addTask {
                    for number in stride(from: worker, to: connections, by: Self.atOnce) {
                        _ = try await portal.createConnection(bodies[number], for: key)
                    }
                }
            }
        }
    }
}
