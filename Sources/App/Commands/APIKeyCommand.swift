import ArgumentParser
import Connect
import Foundation
import Logging
internal import Outbound
import Storage
import StrictJSON

/// `connect-portal api-key …`: make, list and revoke API keys, whether or not the server runs.
struct APIKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key",
        abstract: "Make, list and revoke API keys.",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key and print it, the only time it is seen.")

        @Option(help: "What the key is for.") var name: String

        func run() async throws {
            try await reportingFailure {
                let answer = try await ControlSocket.perform(APIKeyAction.self, "create", argument: name)
                print(answer["plainKey"]?.string ?? "")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys: id, prefix, made, last used, name.")

        func run() async throws {
            try await reportingFailure {
                let answer = try await ControlSocket.perform(APIKeyAction.self, "list", argument: "")
                for key in answer["keys"]?.array ?? [] {
                    let columns = ["id", "keyPrefix", "createdAt", "lastUsedAt", "name"].map {
                        key[$0]?.string ?? "never"
                    }
                    print(columns.joined(separator: "  "))
                }
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a key at once.")

        @Argument(help: "The key's id, or its prefix (wvz_ and four characters).") var key: String

        func run() async throws {
            try await reportingFailure {
                let revoked = try await ControlSocket.perform(APIKeyAction.self, "revoke", argument: key)
                print("revoked \(revoked["keyPrefix"]?.string ?? "")… (\(revoked["name"]?.string ?? ""))")
            }
        }
    }
}

/// What the commands ask for.
enum APIKeyAction: ControlAction {
    static let path = "api-key"

    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON {
        switch action {
        case "create": ["plainKey": .string(try await portal.createAPIKey(name: argument).plain)]
        case "list": ["keys": .array(try await portal.apiKeys().map(describe))]
        case "revoke": describe(try await portal.revokeAPIKey(argument))
        default: ["error": "there is no such action"]
        }
    }

    private static func describe(_ key: APIKey) -> JSON {
        [
            "id": .string(key.id.rawValue),
            "keyPrefix": .string(key.keyPrefix),
            "createdAt": .string(key.createdAt.description),
            "lastUsedAt": JSON(key.lastUsedAt?.description),
            "name": .string(key.name),
        ]
    }
}
