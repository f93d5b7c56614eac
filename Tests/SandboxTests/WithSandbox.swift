import Foundation
import Hummingbird
import HummingbirdTesting
import Mustache
import StrictJSON
import Testing

@testable import Sandbox

/// Runs `body` against a sandbox with one client, at which Ada consents by herself unless `pages` are wanted.
func withSandbox(
    _ quirks: Quirks = Quirks(),
    faults: Faults = Faults(),
    secret: String? = SandboxDriver.secret,
    publicKeys: [JSON] = [],
    pages: Bool = false,
    live: Bool = false,
    body: @Sendable (SandboxDriver) async throws -> Void
) async throws {
    try await valueFromSandbox(
        quirks,
        faults: faults,
        secret: secret,
        publicKeys: publicKeys,
        pages: pages,
        live: live,
        body: body
    )
}

func valueFromSandbox<Value: Sendable>(
    _ quirks: Quirks,
    faults: Faults = Faults(),
    secret: String? = SandboxDriver.secret,
    publicKeys: [JSON] = [],
    pages: Bool = false,
    live: Bool = false,
    body: @Sendable (SandboxDriver) async throws -> Value
) async throws -> Value {
    var quirks = quirks
    if !pages { quirks.automaticUser = "ada" }
    let client = SandboxClient(
        id: SandboxDriver.clientID,
        secret: secret,
        publicKeys: publicKeys,
        redirectURIs: [SandboxDriver.callback],
        name: "Test <App>",
        quirks: quirks,
        faults: faults
    )
    let clock = TestClock()
    let sandbox = Sandbox(
        issuer: SandboxDriver.issuer,
        clients: [client],
        templates: try await Resources.templates(),
        assets: try Resources.assets(),
        controlAPI: true,
        now: { clock.now() }
    )
    let router = Router(context: SandboxRequestContext.self)
    sandbox.addRoutes(to: router)
    let app = Application(router: router)
    return try await app.test(live ? .live : .router) { try await body(SandboxDriver(client: $0, clock: clock)) }
}

func quirks(_ change: (inout Quirks) -> Void) -> Quirks {
    var quirks = Quirks()
    change(&quirks)
    return quirks
}

/// The package's own templates and assets.
enum Resources {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").path()

    static func templates() async throws -> MustacheLibrary {
        try await MustacheLibrary(directory: root + "/Templates")
    }

    static func assets() throws -> SandboxAssets { try SandboxAssets(directory: root + "/Public") }
}
