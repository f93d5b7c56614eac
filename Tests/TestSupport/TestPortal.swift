public import Connect
public import Integrations
public import Logging
internal import OAuth
public import Outbound
public import Storage

/// A portal on a real database, with a provider that answers as it is told and a clock that stands still.
public struct TestPortal: Sendable {
    public var portal: Portal
    public let provider: ScriptedProvider
    public let clock: TestClock
    public let database: TestDatabase
    public let firstStart: FirstStart
    public let key: APIKey

    /// What carries requests outside, where that is not the provider that answers as it is told.
    public typealias Send = @Sendable (OutboundRequest) async throws(TransportError) -> OutboundResponse

    public static let clientSecret = "client-secret-sentinel"
    /// Read once; it never changes.
    private static let catalog = Result { try Catalog.load(variables: ["sandbox": "http://localhost:9999"]) }

    public init(
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        catalog: Catalog? = nil,
        apps: [PlatformApp]? = nil,
        engine: TestEngine = .standard,
        clock: TestClock = TestClock(),
        send: Send? = nil
    ) async throws {
        database = try TestDatabase(engine)
        provider = ScriptedProvider()
        self.clock = clock
        portal = try await Self.portal(on: database.store, provider, clock, catalog: catalog, apps: apps, log: log)
        try await portal.checkEncryptionKeys()
        if let send { portal.send = send }
        guard let made = try await portal.bootstrap() else { throw Unexpected() }
        firstStart = made
        key = try await portal.authenticate(authorization: "Bearer \(made.apiKey)")
    }

    /// The portal of another process on the same database.
    public func another() async throws -> TestPortal {
        var other = self
        other.portal = try await Self.portal(on: try database.open(), provider, clock)
        try await other.portal.checkEncryptionKeys()
        return other
    }

    /// A portal on any database, which may be empty; `letter` makes its encryption key.
    public static func portal(
        on store: Database,
        _ provider: ScriptedProvider = ScriptedProvider(),
        _ clock: TestClock = TestClock(),
        letter: Character = "A",
        catalog: Catalog? = nil,
        apps: [PlatformApp]? = nil,
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) async throws -> Portal {
        guard let publicURL = WebAddress("http://localhost") else { throw Unexpected() }
        return try await Portal(
            store: store,
            send: provider.send,
            keys: try KeyRing(text: "k1:\(String(repeating: letter, count: 42))A="),
            catalog: try catalog ?? Self.catalog.get(),
            platformApps: apps ?? (catalog?.integrations.map(\.name) ?? ["sandbox", "google"]).map(Self.app),
            publicURL: publicURL,
            appName: "Acme Notes",
            now: { clock.now },
            log: log
        )
    }

    public static func app(for integration: String) -> PlatformApp {
        PlatformApp(integrationName: integration, client: ClientCredentials(id: "client", secret: Secret(clientSecret)))
    }

    private struct Unexpected: Error {}
}
