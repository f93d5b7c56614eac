import ArgumentParser
import Foundation
import Storage
import StrictJSON

/// `connect-portal version`: of the program, its schema and the libraries that it loads here.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version, and those of the schema and of the libraries that are loaded."
    )

    @Flag(help: "As JSON.")
    var json = false

    func run() async throws {
        try await reportingFailure {
            let all = [
                ("connect-portal", Version.version), ("schema", String(Database.currentSchemaVersion)),
                ("Swift", Version.swift),
            ]
            let lines = all + Version.libraries.map { ($0.name, $0.version) }
            if json {
                var object: JSON.Object = [:]
                for (name, version) in lines { object[name] = .string(version) }
                print(JSON.object(object).text)
            } else {
                for (name, version) in lines {
                    print(name.padding(toLength: 16, withPad: " ", startingAt: 0) + version)
                }
            }
            for warning in Version.libraries.compactMap(\.warning) {
                try? FileHandle.standardError.write(contentsOf: Data("connect-portal: \(warning)\n".utf8))
            }
        }
    }
}
