import ArgumentParser
import Connect
import Storage
import StrictJSON

/// `connect-portal keys …`: change the encryption keys while the server runs.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Change the encryption keys, online.",
        discussion: """
            1. Put a new key in front of the others (`keys add` does so in the key file; with PORTAL_ENCRYPTION_KEYS do \
            it there) and restart. With several processes, append it first and restart all, so that each can open \
            what another seals.
            2. `keys rotate` seals everything anew. It may be interrupted, and run again.
            3. When `keys status` counts nothing for the old key, take it away and restart.
            """,
        subcommands: [Status.self, Add.self, Rotate.self],
        defaultSubcommand: Status.self
    )

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell how much each key seals.")

        func run() async throws {
            try await reportingFailure {
                let answer = try await ControlSocket.perform(KeysAction.self, "status", argument: "")
                for line in answer["keys"]?.array ?? [] { print(line.string ?? "") }
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put a new key in front of those in the key file.")

        func run() async throws {
            try await reportingFailure {
                let settings = try Settings(try await SettingSource())
                let added = try EncryptionKeys.add(settings)
                print("\(added.id) is in front of \(added.path): restart, then `connect-portal keys rotate`")
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Seal everything anew by the first key.")

        func run() async throws {
            try await reportingFailure {
                let answer = try await ControlSocket.perform(KeysAction.self, "rotate", argument: "")
                print(answer["text"]?.string ?? "")
            }
        }
    }
}

/// What the commands ask for.
enum KeysAction: ControlAction {
    static let path = "keys"
    static let timeout = Duration.seconds(3600)

    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON {
        switch action {
        case "status": ["keys": .array(try await lines(portal).map { .string($0) })]
        case "rotate":
            [
                "text": .string(
                    "\(try await portal.rotateEncryptionKeys()) values sealed anew by \(portal.keys.ids.first ?? "")"
                )
            ]
        default: ["error": "there is no such action"]
        }
    }

    private static func lines(_ portal: Portal) async throws -> [String] {
        let use = try await portal.encryptionKeyUse()
        let configured = use.configured.enumerated().map { index, id in
            "\(id)  \(use.counts[id] ?? 0) values\(index == 0 ? "  (seals)" : "")"
        }
        let missing = use.counts.keys.filter { !use.configured.contains($0) }.sorted().map { id in
            "\(id)  \(use.counts[id] ?? 0) values  (not configured: they cannot be opened)"
        }
        return configured + missing
    }
}
