import Connect
import Foundation
import Integrations
import OAuth
import Storage

extension Doctor {
    /// What every integration needs, and which ones have an OAuth app.
    mutating func examineInstallation(_ parts: ReadOnlyParts) async throws {
        report.heading("This installation")
        report.add(publicURLFinding)
        report.add(.good("redirect URI", portal.redirectURI))
        report.add(parts.findings)
        report.add(certificateRoots(parts.settings))
        let named = try await integrationsWithApp()
        var origins: [String] = []
        for integration in named {
            for text in integration.auth.compactMap({ $0.oauth?.endpoints.token }) {
                if let origin = WebAddress(text)?.origin, !origins.contains(origin) { origins.append(origin) }
            }
        }
        for origin in origins { await reach(origin, for: "tokens") }
        // Any name would do.
        if origins.isEmpty { await reach("https://example.com", for: "to try the network", unless: .warning) }
        if let clock { report.add(clock.finding) }

        report.heading("Integrations with an OAuth app")
        if named.isEmpty {
            report.add(
                .warning(
                    "none",
                    "people can only connect what works with keys",
                    "To see what one needs: connect-portal doctor NAME; `connect-portal integrations list` has the names."
                )
            )
        }
        for integration in named {
            let apps = try await portal.apps(for: integration).map(\.name).joined(separator: "; ")
            report.add(.good(integration.name, apps))
        }
    }

    private func integrationsWithApp() async throws -> [Integration] {
        let organization = try await portal.store.read { try $0.firstOrganization()?.id }
        return try await portal.integrationsWithApp(for: organization).compactMap { portal.catalog[$0] }
    }

    /// Where the certificates lie that libcurl trusts, on the systems that it is built for.
    private func certificateRoots(_ settings: Settings) -> Finding {
        if let file = settings.caFile {
            return .good("TLS roots", "\(file) (\(SettingName.caFile.rawValue)), in place of the system's")
        }
        let set = ["SSL_CERT_FILE", "SSL_CERT_DIR"].compactMap { ProcessInfo.processInfo.environment[$0] }
        let usual = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]
        guard let file = (set + usual).first(where: FileManager.default.isReadableFile) else {
            return .bad(
                "TLS roots",
                "there are no certificate roots, so no provider can be trusted",
                "Install the package ca-certificates."
            )
        }
        return .good("TLS roots", file)
    }
}
