import Connect
import Foundation
import Integrations
import Logging
import Outbound
import Storage

/// The parts of the server for whoever only looks: its settings, catalog, OAuth apps and network in full, its database
/// for reading, also beside a running server.
struct ReadOnlyParts {
    let settings: Settings
    let portal: Portal
    let outbound: OutboundClient
    /// How the parts were found.
    let findings: [Finding]

    /// Throws `Failure` only for what keeps any command from working; the rest is in `findings`.
    init(_ settings: Settings) async throws {
        var settings = settings
        settings.logLevel = .critical
        var findings: [Finding] = []
        let log = Wiring.logger(settings)
        let catalog = try Catalog.load(operatorDirectory: settings.integrationsDirectory)
        let apps = Self.operatorApps(settings, catalog, &findings)
        let store = try Self.store(settings, &findings)
        let keys = try Self.keys(settings, &findings)
        let outbound = try OutboundClient(
            policy: AddressPolicy(privateTargets: settings.privateTargets),
            caFile: settings.caFile,
            userAgent: "Mozilla/5.0 (compatible; connect-portal)",
            logger: log
        )
        self.settings = settings
        self.outbound = outbound
        portal = try await Portal(
            store: store,
            send: { request async throws(TransportError) in try await outbound.execute(request) },
            keys: keys ?? KeyRing(text: KeyRing.newText()),
            catalog: catalog,
            platformApps: apps,
            publicURL: settings.publicURL,
            log: log
        )
        if findings.allSatisfy({ $0.subject != Self.database }) { findings += await Self.schema(store, settings) }
        if keys != nil { findings.append(await Self.keyFit(portal)) }
        self.findings = findings
    }

    func close() async throws {
        await outbound.shutDown()
        try await portal.store.close()
    }

    private static let database = "database"
    private static let encryptionKeys = "encryption keys"

    private static func operatorApps(
        _ settings: Settings,
        _ catalog: Catalog,
        _ findings: inout [Finding]
    ) -> [PlatformApp] {
        do { return try settings.oauthApps.map { try PlatformApp.load(from: $0, catalog: catalog) } ?? [] } catch {
            findings.append(.bad(SettingName.oauthApps.rawValue, "\(error)"))
            return []
        }
    }

    private static func store(_ settings: Settings, _ findings: inout [Finding]) throws -> Database {
        if case .sqlite(let path) = settings.database, !FileManager.default.fileExists(atPath: path) {
            findings.append(.warning(database, "there is no \(path) yet", "The first start of the server makes it."))
            return try .empty()
        }
        do { return try Database(reading: settings.database) } catch {
            let advice = "Look at PORTAL_DATABASE_URL, and whether this user may read it."
            findings.append(.bad(database, "\(error)", .sentence(advice)))
            return try .empty()
        }
    }

    private static func schema(_ store: Database, _ settings: Settings) async -> [Finding] {
        do {
            let (found, known) = (try await store.schemaVersion(), Database.currentSchemaVersion)
            guard found != known else { return [.good(database, "\(settings.database), schema version \(found)")] }
            let text = "\(settings.database) has schema version \(found), this program knows \(known)"
            return found > known
                ? [.bad(database, text, "A newer version wrote it: start that one again.")]
                : [.warning(database, text, "The next start of the server, or `connect-portal migrate`, mends that.")]
        } catch {
            return [.bad(database, "\(settings.database) cannot be read: \(Failure(describing: error).message)")]
        }
    }

    /// Unlike the server it makes no keys where there are none.
    private static func keys(_ settings: Settings, _ findings: inout [Finding]) throws -> KeyRing? {
        if settings.encryptionKeys == nil, settings.encryptionKeysFile == nil,
            case .sqlite(let path) = settings.database,
            ![path, path + ".keys"].contains(where: FileManager.default.fileExists)
        {
            findings.append(.warning(encryptionKeys, "there are none yet", "The first start of the server makes them."))
            return nil
        }
        do { return try EncryptionKeys.load(settings) { _ in } } catch {
            findings.append(.bad(encryptionKeys, Failure(describing: error).message))
            return nil
        }
    }

    private static func keyFit(_ portal: Portal) async -> Finding {
        do {
            guard let fit = try await portal.encryptionKeysFit() else {
                return .good(encryptionKeys, "present; nothing is sealed with them yet")
            }
            return fit
                ? .good(encryptionKeys, "present, and the ones that this database was sealed with")
                : .bad(
                    encryptionKeys,
                    "these are not the ones that this database was sealed with",
                    "Set PORTAL_ENCRYPTION_KEYS to the right ones, or put the key file back."
                )
        } catch { return .bad(encryptionKeys, Failure(describing: error).message) }
    }
}
