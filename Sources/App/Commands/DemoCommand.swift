import ArgumentParser
import Connect
import Foundation
import Hummingbird
import Integrations
import OAuth
import Outbound
import Sandbox
import Storage
import StrictJSON
import Web

/// `connect-portal demo`: the portal with a simulated provider and a sample app, to try everything at once.
///
/// The provider and the app are served on the next port, another origin, as they would be in the world.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve the portal with a simulated provider and a sample app."
    )

    private static let keyName = "Demo app"

    func run() async throws {
        try await reportingFailure {
            let settings = try Self.settings(try await SettingSource())
            let origin = "http://localhost:\(settings.port + 1)"
            let secret = Base64URL.encode((0..<24).map { _ in UInt8.random(in: .min ... .max) })
            let app = PlatformApp(
                integrationName: "sandbox",
                client: ClientCredentials(id: "connect-portal-demo", secret: Secret(secret))
            )
            let wiring = try await Wiring(settings, variables: ["sandbox": origin], apps: [app])
            if let made = try await wiring.portal.bootstrap() { Announcement.firstStart(made) }
            let world = try await Self.world(wiring, origin: origin)
            try await wiring.run(beside: [world], routes: { Self.addDemoRoute(to: $0, leadingTo: origin) }) {
                Announcement.listening(wiring)
                Announcement.say(
                    "\nOpen \(settings.publicURL.origin)/demo and connect an account (sign in as ada / ada).\n"
                )
            }
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

    /// The portal as the provider knows it: with the made-up app, or the one for `sandbox` among the operator's.
    private static func client(_ credentials: ClientCredentials, of wiring: Wiring) -> SandboxClient {
        SandboxClient(
            id: credentials.id,
            secret: credentials.secret?.reveal(),
            redirectURIs: [wiring.portal.redirectURI],
            name: wiring.portal.appName
        )
    }

    /// The provider and the sample app, which calls the portal as any app would: over HTTP with an API key.
    private static func world(
        _ wiring: Wiring,
        origin: String
    ) async throws -> some ApplicationProtocol {
        let router = Router(context: SandboxRequestContext.self)
        let provider = Sandbox(
            issuer: origin,
            clients: wiring.portal.platformApps["sandbox"].map { [Self.client($0.client, of: wiring)] } ?? [],
            templates: wiring.templates,
            assets: try SandboxAssets(directory: wiring.settings.publicDirectory),
            controlAPI: true
        )
        provider.addRoutes(to: router)
        for old in try await wiring.portal.apiKeys() where old.name == keyName {
            _ = try await wiring.portal.revokeAPIKey(old.id.rawValue)
        }
        let key = try await wiring.portal.createAPIKey(name: keyName)
        let sample = SampleApp(
            origin: origin,
            portalURL: wiring.settings.publicURL.origin,
            workspaceId: try await wiring.portal.workspaces().first?.id.rawValue ?? "",
            integrations: ["sandbox", "openai", "freshsales"],
            templates: wiring.templates,
            call: { method, path, body in
                let response = try await wiring.outbound.execute(
                    OutboundRequest(
                        OutboundRequest.Method(rawValue: method) ?? .get,
                        "http://127.0.0.1:\(wiring.settings.port)\(path)",
                        headers: [("Authorization", "Bearer \(key.plain)"), ("Content-Type", "application/json")],
                        body: body?.bytes
                    )
                )
                return (response.status, try JSON.parse(response.body))
            }
        )
        sample.addRoutes(to: router)
        return Application(
            router: router,
            configuration: .init(address: .hostname(wiring.settings.host, port: wiring.settings.port + 1)),
            logger: Wiring.quiet(wiring.log)
        )
    }
}
