import ArgumentParser
internal import Connect

/// `connect-portal serve`: the portal.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the portal (the default).")

    func run() async throws {
        try await reportingFailure {
            let settings = try Settings(try await SettingSource())
            let wiring = try await Wiring(settings)
            let firstStart = try await wiring.portal.bootstrap()
            try await wiring.run {
                if let firstStart { Announcement.firstStart(firstStart) }
                Announcement.listening(wiring)
            }
        }
    }
}
