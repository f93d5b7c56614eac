import Connect
import Foundation
import Hummingbird
import Integrations
import OAuth
import Outbound
import Sandbox
import Storage
import StrictJSON

/// What lies around the portal in the demo: the simulated provider, and the sample app with its gallery.
struct DemoWorld {
    private static let keyName = "Demo app"

    let wiring: Wiring
    let origin: String
    let gallery: Gallery

    func server() async throws -> some ApplicationProtocol {
        let router = Router(context: SandboxRequestContext.self)
        try provider().addRoutes(to: router)
        try await sampleApp().addRoutes(to: router)
        return Application(
            router: router,
            configuration: .init(address: .hostname(wiring.settings.host, port: wiring.settings.port + 1)),
            logger: Wiring.quiet(wiring.log)
        )
    }

    private func provider() throws -> Sandbox {
        Sandbox(
            issuer: origin,
            clients: gallery.exhibits.compactMap(client),
            templates: wiring.templates,
            assets: try SandboxAssets(directory: wiring.settings.publicDirectory),
            controlAPI: true
        )
    }

    /// The portal as the provider knows it: with the made-up app, or the one that the operator has for the exhibit.
    private func client(_ exhibit: Exhibit) -> SandboxClient? {
        wiring.portal.platformApps[exhibit.name].map { app in
            exhibit.client(
                id: app.client.id,
                secret: app.client.secret?.reveal(),
                redirectURI: wiring.portal.redirectURI,
                name: wiring.portal.appName
            )
        }
    }

    private func sampleApp() async throws -> SampleApp {
        let key = try await freshKey()
        return SampleApp(
            origin: origin,
            portalURL: wiring.settings.publicURL.origin,
            workspaceId: try await wiring.portal.workspaces().first?.id.rawValue ?? "",
            gallery: gallery,
            templates: wiring.templates,
            call: { try await call($0, $1, $2, key: key) }
        )
    }

    private func freshKey() async throws -> String {
        for old in try await wiring.portal.apiKeys() where old.name == Self.keyName {
            _ = try await wiring.portal.revokeAPIKey(old.id.rawValue)
        }
        return try await wiring.portal.createAPIKey(name: Self.keyName).plain
    }

    /// Calls the portal as any app would: over HTTP with an API key.
    private func call(
        _ method: String,
        _ path: String,
        _ body: JSON?,
        key: String
    ) async throws -> (status: Int, body: JSON) {
        let response = try await wiring.outbound.execute(
            OutboundRequest(
                OutboundRequest.Method(rawValue: method) ?? .get,
                "http://127.0.0.1:\(wiring.settings.port)\(path)",
                headers: [("Authorization", "Bearer \(key)"), ("Content-Type", "application/json")],
                body: body?.bytes
            )
        )
        return (response.status, try JSON.parse(response.body))
    }
}
