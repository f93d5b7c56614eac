import Connect
import Foundation
import Hummingbird
import Integrations
import Logging
import Mustache
import OAuth
import Outbound
import ServiceLifecycle
import Storage
internal import UnixSignals
import Web

/// Builds everything, top to bottom, and runs it until a signal.
struct Wiring {
    let settings: Settings
    let log: Logger
    let portal: Portal
    let outbound: OutboundClient
    let mailer: Mailer?
    let templates: MustacheLibrary
    let metrics = Metrics()

    /// `variables`, `definitions` and `apps` are what the demo adds for its simulated provider; the operator's own
    /// definitions and apps come first.
    init(
        _ settings: Settings,
        variables: [String: String] = [:],
        definitions: [URL] = [],
        apps: [PlatformApp] = []
    ) async throws {
        self.settings = settings
        log = Wiring.logger(settings)
        let catalog = try Catalog.load(
            additional: definitions,
            operatorDirectory: settings.integrationsDirectory,
            variables: variables
        )
        let operatorApps = try settings.oauthApps.map { try PlatformApp.load(from: $0, catalog: catalog) } ?? []
        templates = try await MustacheLibrary(directory: settings.templatesDirectory)
        let keys = try EncryptionKeys.load(settings) { [log] in log.notice("\($0)") }
        let metrics = metrics
        let store = try Database(
            settings.database,
            connections: settings.databasePool,
            whenDiskFails: { [log] in log.critical("\($0)") },
            observe: { metrics.count($0) },
            atEndOfTurn: EventLoopTurn.atEnd
        )
        if let copy = store.copyOfOldSchema {
            log.notice("the schema changed; the database as it was is kept", metadata: ["copy": "\(copy)"])
        }
        let outbound = try OutboundClient(
            policy: AddressPolicy(privateTargets: settings.privateTargets),
            caFile: settings.caFile,
            logger: log
        )
        self.outbound = outbound
        let mailer = try settings.mail.map { [log] in
            try Mailer(server: $0.server, helloName: settings.publicURL.host, caFile: settings.caFile, logger: log)
        }
        self.mailer = mailer
        var portal = try await Portal(
            store: store,
            send: { request async throws(TransportError) in
                try await metrics.counting { () async throws(TransportError) in try await outbound.execute(request) }
            },
            mail: Wiring.mail(mailer, from: settings.mail?.sender),
            keys: keys,
            catalog: catalog,
            platformApps: apps + operatorApps,
            quotas: settings.quotas,
            publicURL: settings.publicURL,
            activityDays: settings.activityDays,
            appName: settings.appName ?? "Connect Portal",
            log: log
        )
        portal.observe = { metrics.count($0) }
        self.portal = portal
        metrics.read(portal, outbound)
        try await portal.checkEncryptionKeys()
        try await portal.checkHome()
        try await portal.resumeRefreshes()
    }

    /// Serves until SIGTERM or SIGINT, then finishes what is under way and closes the store.
    func run(
        beside others: [any Service] = [],
        routes: (Router<PortalContext>) -> Void = { _ in },
        ready: @escaping @Sendable () async -> Void
    ) async throws {
        // A limit on file sizes is then an error of a write, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        let files = try PublicFiles(directory: settings.publicDirectory)
        let pages = try Pages(
            library: templates,
            directory: settings.templatesDirectory,
            files: files,
            appName: portal.appName
        )
        let isTrustedProxy: @Sendable (String) -> Bool = { [trusted = settings.trustedProxies] in trusted.contains($0) }
        let limits = RateLimits(
            perOrganization: settings.rateLimit,
            perAddress: settings.publicRateLimit,
            isTrustedProxy: isTrustedProxy
        )
        let maxClients = try roomForClients()
        let clients = ClientConnections(perAddress: max(1, maxClients / 4), isExempt: isTrustedProxy)
        let router = Routes.router(
            portal: portal,
            pages: pages,
            files: files,
            limits: limits,
            registry: metrics.registry
        )
        routes(router)
        let server = InboundChannel(responder: router.buildResponder(), clients: clients).server(
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                backlog: 4096,
                availableConnectionsDelegate: .maximum(maxClients, logger: Wiring.quiet(log))
            ),
            onServerRunning: { _ in
                await ready()
                StartingMemory.release()
                // What starts beside the server is done soon, too.
                Task {
                    try await Task.sleep(for: .seconds(1))
                    StartingMemory.release()
                }
            },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: log
        )
        let control = settings.controlSocketPath.map { path -> any Service in
            ControlSocket.server(portal: portal, path: path, logger: log)
        }
        let measures = settings.metricsAddress.map { address -> any Service in
            MetricsServer(registry: metrics.registry, address: address, logger: log)
        }
        Version.announce(to: log)
        try await portal.recordStart(version: Version.version)
        let jobs = BackgroundJobs(portal: portal, limits: limits)
        let services: [any Service] =
            [outbound, Errands(portal: portal), jobs] + [mailer, control, measures].compactMap(\.self) + others + [
                server
            ]
        let group = ServiceGroup(
            configuration: .init(
                // Left to itself it describes each of them with all that they hold, the whole catalog among it.
                services: services.map { .init(service: $0, serviceName: "\(type(of: $0))") },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Wiring.quiet(log)
            )
        )
        do { try await group.run() } catch {
            try? await shutDown()
            throw error
        }
        try await portal.store.close()
    }

    /// As many as are set, or fewer where the process may not open as many files.
    private func roomForClients() throws -> Int {
        let wanted = settings.maxClients
        let room = OpenFiles.room(forClients: wanted, beside: settings.databasePool)
        guard room >= min(wanted, 16) else {
            throw Failure.configuration("the limit on open files leaves no room for clients: raise it with ulimit -n")
        }
        if room < wanted {
            log.warning("\(SettingName.maxClients.rawValue) is \(wanted), but the limit on open files allows \(room)")
        }
        return room
    }

    /// Ends what runs without a service group, and closes the store.
    func shutDown() async throws {
        await outbound.shutDown()
        await mailer?.shutDown()
        try await portal.store.close()
    }

    private static func mail(
        _ mailer: Mailer?,
        from sender: MailAddress?
    ) -> (@Sendable (MailMessage) async throws(MailFailure) -> Void)? {
        guard let mailer, let sender else { return nil }
        return { message async throws(MailFailure) in try await mailer.send(OutboundMail(message, from: sender)) }
    }

    static func logger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "connect-portal") { LineLogHandler(label: $0, format: settings.logFormat) }
        logger.logLevel = settings.logLevel
        return logger
    }

    /// For commands whose answer says everything.
    static var silent: Logger { Logger(label: "connect-portal") { _ in SwiftLogNoOpLogHandler() } }

    /// For libraries that tell at info what matters to nobody.
    static func quiet(_ log: Logger) -> Logger {
        var log = log
        log.logLevel = max(log.logLevel, .warning)
        return log
    }
}
