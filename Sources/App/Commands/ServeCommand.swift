import ArgumentParser
internal import Connect

/// `connect-portal serve`: the portal.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the portal (the default).")

    func run() async throws {
        try await reportingFailure {
            let settings = try Settings(try await SettingSource())
            let wiring = try await Wiring(settings)
            if let made = try await wiring.portal.bootstrap() { Announcement.firstStart(made) }
            try await wiring.run { Announcement.listening(wiring) }
        }
    }
}
