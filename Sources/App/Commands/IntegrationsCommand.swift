import ArgumentParser
import Foundation
import Integrations

/// `connect-portal integrations …`: work on integration definitions.
struct IntegrationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "integrations",
        abstract: "List and show what can be connected, check definitions, accept changes of providers.",
        subcommands: [List.self, Show.self, Validate.self, Accept.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the catalog, with the definitions in PORTAL_INTEGRATIONS_DIR, and the ways to connect each."
        )

        @Flag(help: "Only the names, as Markdown, one paragraph for each category.") var byCategory = false

        func run() async throws {
            try await reportingFailure {
                let settings = try Settings(try await SettingSource())
                let catalog = try Catalog.load(operatorDirectory: settings.integrationsDirectory)
                print(byCategory ? catalog.paragraphs : catalog.table)
            }
        }
    }

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
                let count = catalog.integrations.count
                print(count == 1 ? "1 definition is valid" : "\(count) definitions are valid")
            }
        }
    }
}

extension Catalog {
    /// One line for each integration: name, display name, ways to connect.
    fileprivate var table: String {
        let width = integrations.map(\.name.count).max() ?? 0
        return integrations.map { integration in
            let name = integration.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
            return name + integration.displayName + ": " + integration.auth.map(\.displayName).joined(separator: ", ")
        }.joined(separator: "\n")
    }

    /// The display names by their first category, as the README has them.
    var paragraphs: String {
        let groups = Dictionary(grouping: integrations) { $0.categories.first ?? "" }
        return groups.sorted { $0.key < $1.key }.map { category, integrations in
            let words = category.replacing("_", with: " ").lowercased().replacing("crm", with: "CRM")
            let names = integrations.map(\.displayName).sorted { $0.lowercased() < $1.lowercased() }
            return "- **\(words.prefix(1).uppercased())\(words.dropFirst())** (\(names.count)): "
                + names.joined(separator: ", ")
        }.joined(separator: "\n")
    }
}
