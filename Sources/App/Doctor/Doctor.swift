import Connect
import Foundation
import Integrations
import OAuth
import Outbound

/// Looks at everything that a sign-in at a provider needs, without signing in, and tells what it finds.
struct Doctor {
    let portal: Portal
    let settings: Settings
    /// What a person would type first, such as a subdomain.
    let inputs: [String: String]
    let asksTokenEndpoint: Bool
    var report: Report

    /// The first `Date` header that was seen.
    private(set) var clock: ClockReading?

    init(
        _ parts: ReadOnlyParts,
        inputs: [String: String] = [:],
        asksTokenEndpoint: Bool = true,
        report: Report = Report()
    ) {
        portal = parts.portal
        settings = parts.settings
        self.inputs = inputs
        self.asksTokenEndpoint = asksTokenEndpoint
        self.report = report
    }

    /// Everything about one integration.
    mutating func examine(_ integration: Integration) async throws {
        report.heading("\(integration.displayName) (\(integration.name))")
        let signIns = integration.auth.filter { $0.oauth != nil }
        var apps: [KnownApp] = []
        if signIns.isEmpty {
            report.add(.good("OAuth app", "needs none: nothing is to be registered at \(integration.displayName)"))
        } else {
            report.add(publicURLFinding)
            apps = try await portal.apps(for: integration)
            report.add(redirectFindings(integration, apps))
            report.add(appFindings(integration, apps))
        }
        for option in integration.auth {
            report.heading("\(option.displayName) (\(option.key))")
            switch option.method {
            case .oauth2(let oauth): try await examine(option, oauth, of: integration, apps)
            case .clientCredentials(let oauth, _, _): await examine(ownClientsAt: oauth, of: integration)
            case .secretText, .basicAuth, .customAuth: await examine(typed: option, of: integration)
            }
        }
        if let clock { report.add(clock.finding) }
    }

    private mutating func examine(
        _ option: AuthOption,
        _ oauth: OAuthTemplate,
        of integration: Integration,
        _ apps: [KnownApp]
    ) async throws {
        if let missing = missingInputs(integration, oauth.endpoints.addresses) { return report.add(missing) }
        var metadata: ProviderMetadata?
        if oauth.isDiscovered {
            let (found, findings) = await self.metadata(of: oauth, integration)
            report.add(findings)
            guard let found else { return }
            metadata = found
        }
        for (index, app) in apps.enumerated() {
            if apps.count > 1 { report.add(.good("OAuth app", app.name)) }
            do {
                let rehearsal = try await portal.rehearse(
                    option,
                    of: integration,
                    with: app,
                    inputs: inputs,
                    metadata: metadata
                )
                guard let rehearsal else { continue }
                report.secrets.append(rehearsal.client.secret ?? Secret(""))
                if index == 0 { await examine(rehearsal.provider.endpoints) }
                await examine(rehearsal, integration.displayName)
            } catch { report.add(.bad("OAuth app", "\(app.name): \(Failure(describing: error).message)")) }
        }
        guard apps.isEmpty else { return }
        if let metadata {
            await examine(
                ProviderEndpoints(authorization: metadata.authorizationEndpoint, token: metadata.tokenEndpoint)
            )
        } else if let provider = try? oauth.provider(with: placeholders(oauth)) {
            await examine(provider.endpoints)
        }
    }

    private mutating func examine(_ rehearsal: Rehearsal, _ name: String) async {
        guard let key = secretFindings(rehearsal) else { return }
        report.add(key)
        if let finding = await signInFinding(rehearsal, name) { report.add(finding) }
        if asksTokenEndpoint { report.add(await tokenFinding(rehearsal, name)) }
    }

    mutating func note(_ reading: ClockReading?) { clock = clock ?? reading }

    /// The inputs and, for values that only an OAuth app has, their own names.
    private func placeholders(_ oauth: OAuthTemplate) -> [String: String] {
        inputs.merging(oauth.appParameters.map { ("app.\($0)", "x") }) { first, _ in first }
    }
}
