public import Foundation
internal import Glibc
public import Integrations
public import Logging
public import OAuth
public import Outbound
public import Storage

/// Everything the domain works with, as one value: storage, network, keys, catalog, time and randomness.
///
/// Each operation is an extension of this type in a file of its own.
public struct Portal: Sendable {
    public var store: Database
    /// Sends one request outside; a closure, so that tests need no network.
    public var send: @Sendable (OutboundRequest) async throws(TransportError) -> OutboundResponse
    /// Sends one mail; nil where no mail server is configured.
    public var mail: (@Sendable (MailMessage) async throws(MailFailure) -> Void)?
    public var keys: KeyRing
    public var sealer: Sealer
    public var catalog: Catalog
    /// The operator's OAuth apps, by integration.
    public var platformApps: [String: PlatformApp]
    /// How much an organization may have.
    public var quotas: Quotas
    /// The one base of every link and of the redirect URI.
    public var publicURL: WebAddress
    /// For how many days the audit log is kept; nothing = for ever.
    public var activityDays: Int?
    /// Who asks for access, on the pages.
    public var appName: String
    public var now: @Sendable () -> Instant
    /// Fresh bytes from the system's CSPRNG.
    public var random: @Sendable (Int) -> [UInt8]
    public var log: Logger
    /// Hears of what is to be counted.
    public var observe: @Sendable (Happening) -> Void = { _ in }
    let tokens: SignedTokens
    let keyCache = KeyCache()
    let flights = RefreshFlights()
    let errands = Errands()
    let knownActivityKey = KnownActivityKey()
    let onceAMinute = OnceAMinute()
    /// Tells this process from others at work on the same database.
    let processID: String
    private let identifiers = IdentifierSequence()

    public init(
        store: Database,
        send: @escaping @Sendable (OutboundRequest) async throws(TransportError) -> OutboundResponse,
        mail: (@Sendable (MailMessage) async throws(MailFailure) -> Void)? = nil,
        keys: KeyRing,
        catalog: Catalog,
        platformApps: [PlatformApp] = [],
        quotas: Quotas = Quotas(),
        publicURL: WebAddress,
        activityDays: Int? = nil,
        appName: String = "Connect Portal",
        now: @escaping @Sendable () -> Instant = { Instant(.now) },
        random: @escaping @Sendable (Int) -> [UInt8] = Portal.systemRandom,
        log: Logger
    ) async throws {
        self.store = store
        self.send = send
        self.mail = mail
        self.keys = keys
        self.sealer = Sealer(keys)
        self.catalog = catalog
        self.platformApps = Dictionary(
            platformApps.map { ($0.integrationName, $0) },
            uniquingKeysWith: { _, last in last }
        )
        self.quotas = quotas
        self.publicURL = publicURL
        self.activityDays = activityDays
        self.appName = appName
        self.now = now
        self.random = random
        self.log = log
        processID = Base64URL.encode(random(16))
        tokens = SignedTokens(keys: keys, issuer: publicURL.origin)
    }

    /// The redirect URI to register at every provider.
    public var redirectURI: String { link("/api/v1/connect/oauth-callback") }

    /// An address of ours.
    public func link(_ path: String) -> String { publicURL.origin + publicURL.path + path }

    /// Bytes from the kernel.
    public static func systemRandom(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            guard let start = bytes.baseAddress else { return }
            while filled < count {
                // It gives that many at most (getentropy(3)), and fails in no other way.
                let more = min(count - filled, 256)
                precondition(getentropy(start + filled, more) == 0, "the kernel has no random bytes")
                filled += more
            }
        }
    }

    func newID<Row>() -> Identifier<Row> { identifiers.next(at: now(), random: random(8)) }
}
