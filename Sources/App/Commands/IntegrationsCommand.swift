import ArgumentParser
import Foundation
import Integrations

/// `connect-portal integrations …`: work on integration definitions.
struct IntegrationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "integrations",
        abstract: "Check integration definitions.",
        subcommands: [Validate.self]
    )

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every definition in a directory as the server would at start."
        )

        @Argument(help: "The directory, as PORTAL_INTEGRATIONS_DIR would name it.") var directory: String

        func run() async throws {
            try await reportingFailure {
                let url = URL(fileURLWithPath: directory)
                let catalog = try Catalog.load(builtIn: url, variables: ["sandbox": "http://localhost"])
                for integration in catalog.integrations {
                    print("\(integration.name): \(integration.auth.map(\.key).joined(separator: ", "))")
                }
                print("\(catalog.integrations.count) definitions are valid")
            }
        }
    }
}
