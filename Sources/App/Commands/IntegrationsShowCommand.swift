import ArgumentParser
import Foundation
import Integrations

extension IntegrationsCommand {
    /// `connect-portal integrations show NAME`: what a definition says.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show everything that one definition says: how people connect, and what an OAuth app needs."
        )

        @Argument(help: "The integration's name, as `connect-portal integrations list` has it.") var name: String

        @Flag(help: "Print the definition itself, to start one of your own from.") var yaml = false

        func run() async throws {
            try await reportingFailure {
                let settings = try Settings(try await SettingSource())
                let own = settings.integrationsDirectory
                let integration = try Catalog.load(operatorDirectory: own).require(name)
                let place = Self.place(of: integration, own: own)
                let text = yaml ? try String(contentsOf: place.file, encoding: .utf8) : nil
                Announcement.say(text ?? DefinitionText(integration: integration, source: place.words).text)
            }
        }

        /// The file of a definition is named like it.
        static func place(of integration: Integration, own: URL?) -> (file: URL, words: String) {
            let name = integration.name + ".yaml"
            let builtIn = Catalog.builtInDirectory.appendingPathComponent(name)
            let isBuiltIn = FileManager.default.fileExists(atPath: builtIn.path)
            guard let file = own?.appendingPathComponent(name), FileManager.default.fileExists(atPath: file.path) else {
                return (builtIn, "built in")
            }
            return (file, file.path + (isBuiltIn ? ", in place of the built-in one" : ""))
        }
    }
}
