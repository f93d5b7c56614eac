import ArgumentParser
import Connect
import Foundation
import Hummingbird
import Integrations
import OAuth
import Outbound
import Sandbox
import Web

/// `connect-portal demo`: the portal with a simulated provider and a sample app, to try everything at once.
///
/// The provider and the app are served on the next port, another origin, as they would be in the world.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve the portal with a simulated provider and a sample app."
    )

    func run() async throws {
        try await reportingFailure {
            let settings = try Self.settings(try await SettingSource())
            let origin = "http://localhost:\(settings.port + 1)"
            let wiring = try await Wiring(
                settings,
                variables: ["sandbox": origin],
                definitions: [Gallery.definitions],
                apps: Self.apps(Gallery.standard)
            )
            if let made = try await wiring.portal.bootstrap() { Announcement.firstStart(made) }
            let world = try await DemoWorld(wiring: wiring, origin: origin, gallery: .standard).server()
            try await wiring.run(beside: [world], routes: { Self.addDemoRoute(to: $0, leadingTo: origin) }) {
                Announcement.listening(wiring)
                Announcement.say(
                    "\nOpen \(settings.publicURL.origin)/demo and try what you like (sign in as ada / ada).\n"
                )
            }
        }
    }

    /// The portal's registrations at the provider, one for each exhibit.
    static func apps(_ gallery: Gallery) -> [PlatformApp] {
        gallery.exhibits.filter(\.hasSignIn).map { exhibit in
            let secret = Base64URL.encode((0..<24).map { _ in UInt8.random(in: .min ... .max) })
            return PlatformApp(
                integrationName: exhibit.name,
                client: ClientCredentials(id: exhibit.clientID, secret: Secret(secret))
            )
        }
    }

    /// `/demo` at the portal leads to the sample app.
    private static func addDemoRoute(to router: Router<PortalContext>, leadingTo origin: String) {
        router.get("demo") { _, _ in Response(status: .seeOther, headers: [.location: origin + "/demo"]) }
    }

    /// The demo's own defaults: loopback may be called, and the app has a name.
    private static func settings(_ source: SettingSource) throws -> Settings {
        var settings = try Settings(source)
        guard settings.publicURL.isLoopback, settings.port < 65535 else {
            throw Failure.configuration("the demo runs only on this machine: leave PORTAL_PUBLIC_URL on localhost")
        }
        if settings.privateTargets.isEmpty {
            settings.privateTargets = [try PrivateTarget("127.0.0.0/8"), try PrivateTarget("[::1]/128")]
        }
        settings.appName = settings.appName ?? "Acme Notes"
        return settings
    }
}
