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
                let answer = try await APIKeyAction.perform("create", argument: name)
                print(answer["plainKey"]?.string ?? "")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys: id, prefix, made, last used, name.")

        func run() async throws {
            try await reportingFailure {
                for key in try await APIKeyAction.perform("list", argument: "")["keys"]?.array ?? [] {
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
                let revoked = try await APIKeyAction.perform("revoke", argument: key)
                print("revoked \(revoked["keyPrefix"]?.string ?? "")… (\(revoked["name"]?.string ?? ""))")
            }
        }
    }
}

/// What the command asks for, done by the running server if there is one, else right here.
enum APIKeyAction {
    static func perform(_ action: String, argument: String) async throws -> JSON {
        var settings = try Settings(try await SettingSource())
        settings.logLevel = .error
        let answer = try await answer(action, argument: argument, settings: settings)
        if let problem = answer["error"]?.string { throw Failure.failed(problem) }
        return answer
    }

    private static func answer(_ action: String, argument: String, settings: Settings) async throws -> JSON {
        let wiring: Wiring
        do { wiring = try await Wiring(settings) } catch let error as DatabaseInUseError {
            guard let path = settings.controlSocketPath else { throw error }
            return try await ControlSocket.ask(action, argument: argument, path: path)
        }
        let answer = try await run(action, argument: argument, portal: wiring.portal)
        try await wiring.shutDown()
        return answer
    }

    /// The answer of the domain, or its refusal as `{"error": …}`.
    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON {
        do {
            switch action {
            case "create": return ["plainKey": .string(try await portal.createAPIKey(name: argument).plain)]
            case "list": return ["keys": .array(try await portal.apiKeys().map(describe))]
            case "revoke": return describe(try await portal.revokeAPIKey(argument))
            default: return ["error": "there is no such action"]
            }
        } catch let error as PortalError {
            return ["error": .string(error.sentence)]
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
