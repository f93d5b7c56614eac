import ArgumentParser
import Connect
import StrictJSON

/// `connect-portal refreshes …`: whether tokens are renewed from this database.
struct RefreshesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refreshes",
        abstract: "Go on with a database that was copied or restored.",
        discussion: """
            A copy renews no tokens: if the original still did, providers would take it for theft and end the \
            connections of both. Stop the original for good, then resume here.
            """,
        subcommands: [Status.self, Resume.self],
        defaultSubcommand: Status.self
    )

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell whether tokens are renewed.")

        func run() async throws { try await perform("status") }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Renew tokens from here, because no other copy does.")

        func run() async throws { try await perform("resume") }
    }
}

private func perform(_ action: String) async throws {
    try await reportingFailure {
        let answer = try await ControlSocket.perform(RefreshesAction.self, action, argument: "")
        print(answer["text"]?.string ?? "")
    }
}

/// What the commands ask for.
enum RefreshesAction: ControlAction {
    static let path = "refreshes"

    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON {
        if action == "resume" { try await portal.moveIn() }
        let isPaused = try await portal.isPaused()
        return ["text": .string(isPaused ? "paused: this database is a copy" : "tokens are renewed from this database")]
    }
}
