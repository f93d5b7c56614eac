public import Connect
public import Integrations
public import Logging
internal import OAuth
public import Storage

/// A portal on a real database file, with a provider that answers as it is told and a clock that stands still.
public struct TestPortal: Sendable {
    public var portal: Portal
    public let provider: ScriptedProvider
    public let clock: TestClock
    public let directory: TemporaryDirectory
    public let firstStart: FirstStart
    public let key: APIKey

    public static let clientSecret = "client-secret-sentinel"

    public init(
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        apps: [PlatformApp]? = nil
    ) async throws {
        directory = try TemporaryDirectory()
        guard let publicURL = WebAddress("http://localhost") else { throw Unexpected() }
        provider = ScriptedProvider()
        clock = TestClock()
        let clock = clock
        let provider = provider
        portal = try await Portal(
            store: try Database(path: directory.path("portal.sqlite")),
            send: provider.send,
            keys: try KeyRing(text: "k1:\(String(repeating: "A", count: 43))="),
            catalog: try Catalog.load(variables: ["sandbox": "http://localhost:9999"]),
            platformApps: apps ?? ["sandbox", "google"].map { Self.app(for: $0) },
            publicURL: publicURL,
            appName: "Acme Notes",
            now: { clock.now },
            log: log
        )
        try await portal.checkEncryptionKeys()
        guard let made = try await portal.bootstrap() else { throw Unexpected() }
        firstStart = made
        key = try await portal.authenticate(authorization: "Bearer \(made.apiKey)")
    }

    public static func app(for integration: String) -> PlatformApp {
        PlatformApp(integrationName: integration, client: ClientCredentials(id: "client", secret: Secret(clientSecret)))
    }

    private struct Unexpected: Error {}
}
