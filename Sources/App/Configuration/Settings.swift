import Connect
import Foundation
import Logging
import OAuth
import Outbound
import Secrecy
import Storage

/// The settings of one run, read and checked.
struct Settings: Concealed {
    var host: String
    var port: Int
    var publicURL: WebAddress
    var database: DatabaseLocation
    var databasePool: Int
    var encryptionKeys: String?
    var encryptionKeysFile: String?
    var integrationsDirectory: URL?
    var oauthApps: URL?
    var rateLimit: Int
    var publicRateLimit: Int
    var trustedProxies: AddressSet
    var maxClients: Int
    var quotas: Quotas
    var activityDays: Int?
    var privateTargets: [PrivateTarget]
    var caFile: String?
    var mail: MailSettings?
    var appName: String?
    var templatesDirectory: String
    var publicDirectory: String
    var logLevel: Logger.Level
    var logFormat: LogFormat
    var metricsAddress: ListenAddress?

    enum LogFormat: String, CaseIterable { case text, json }

    /// Reads every setting; throws `Failure` that names the setting and what was expected.
    init(_ source: SettingSource) throws {
        host = source.text(.host) ?? "127.0.0.1"
        port = try source.number(.port, in: 1...65535) ?? 8080
        publicURL = try Self.publicURL(source, port: port)
        database = try Self.database(source)
        databasePool = try source.number(.databasePool, in: 1...1000) ?? 10
        encryptionKeys = source.text(.encryptionKeys)
        encryptionKeysFile = source.text(.encryptionKeysFile)
        guard encryptionKeys == nil || encryptionKeysFile == nil else {
            throw source.fault(.encryptionKeysFile, "and \(SettingName.encryptionKeys.rawValue) are both set")
        }
        integrationsDirectory = source.text(.integrationsDirectory).map { URL(fileURLWithPath: $0) }
        oauthApps = source.text(.oauthApps).map { URL(fileURLWithPath: $0) }
        rateLimit = try source.number(.rateLimit, in: 0...60_000_000) ?? 600
        publicRateLimit = try source.number(.publicRateLimit, in: 0...60_000_000) ?? 120
        trustedProxies = try Self.trustedProxies(source)
        maxClients = try source.number(.maxClients, in: 4...1_000_000) ?? 2000
        quotas = Quotas(
            apiKeys: try source.number(.maxAPIKeys, in: 0...(.max)) ?? 0,
            workspaces: try source.number(.maxWorkspaces, in: 0...(.max)) ?? 0,
            endUsers: try source.number(.maxEndUsers, in: 0...(.max)) ?? 0,
            connections: try source.number(.maxConnections, in: 0...(.max)) ?? 0,
            openSessions: try source.number(.maxOpenSessions, in: 0...(.max)) ?? 0,
            openSessionsPerEndUser: try source.number(.maxEndUserSessions, in: 0...(.max)) ?? 100
        )
        let days = try source.number(.activityDays, in: 0...100_000) ?? 90
        activityDays = days == 0 ? nil : days
        privateTargets = try Self.privateTargets(source)
        caFile = try Self.caFile(source)
        mail = try MailSettings(source)
        appName = source.text(.appName)
        templatesDirectory = try source.directory(.templatesDirectory, named: "Templates")
        publicDirectory = try source.directory(.publicDirectory, named: "Public")
        logLevel =
            try source.choice(.logLevel, of: Logger.Level.allCases.map(\.rawValue)).flatMap {
                Logger.Level(rawValue: $0)
            } ?? .info
        logFormat =
            try source.choice(.logFormat, of: LogFormat.allCases.map(\.rawValue)).flatMap { LogFormat(rawValue: $0) }
            ?? .text
        _ = try source.choice(.debugging, of: ["no", "yes"])
        metricsAddress = try Self.metricsAddress(source)
    }

    private static func metricsAddress(_ source: SettingSource) throws -> ListenAddress? {
        guard let text = source.text(.metricsAddress) else { return nil }
        guard let address = ListenAddress(text) else {
            throw source.fault(.metricsAddress, "must be HOST:PORT, such as 127.0.0.1:9464")
        }
        return address
    }

    private static func publicURL(_ source: SettingSource, port: Int) throws -> WebAddress {
        let text = source.text(.publicURL) ?? "http://localhost:\(port)"
        guard let address = WebAddress(text), address.path.isEmpty || address.path == "/", address.query == nil else {
            throw source.fault(.publicURL, "must be an address without a path, such as https://connect.example.com")
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw source.fault(.publicURL, "must start with https:// unless it is this machine")
        }
        return WebAddress(address.origin) ?? address
    }

    private static func database(_ source: SettingSource) throws -> DatabaseLocation {
        let text = source.text(.databaseURL) ?? "sqlite:data/portal.sqlite"
        do { return try DatabaseLocation(text) } catch { throw source.fault(.databaseURL, error.description) }
    }

    private static func trustedProxies(_ source: SettingSource) throws -> AddressSet {
        do { return try AddressSet(source.text(.trustedProxies) ?? "") } catch {
            throw source.fault(.trustedProxies, "must be a list of address ranges: \(error)")
        }
    }

    private static func caFile(_ source: SettingSource) throws -> String? {
        guard let path = source.text(.caFile) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            text.contains("-----BEGIN CERTIFICATE-----")
        else { throw source.fault(.caFile, "must be a readable file of certificates in PEM") }
        return path
    }

    private static func privateTargets(_ source: SettingSource) throws -> [PrivateTarget] {
        do {
            return try (source.text(.privateTargets) ?? "").split(separator: ",")
                .map { try PrivateTarget(String($0.filter { !$0.isWhitespace })) }
        } catch { throw source.fault(.privateTargets, "\(error)") }
    }
}
