import OAuth
import StrictJSON
import Views

@testable import Connect
@testable import Integrations
@testable import Storage
@testable import Web

private let words = (try? Languages(directory: WebPortal.directory("Templates")))?.english.words ?? [:]
private let language = Language(code: "en", isRightToLeft: true, words: words)
private let branding = Branding(color: "#2458d6", supportURL: "https://acme.example", logoName: "l.png")
private func branded(_ branding: Branding) -> Pages.Shell {
    Pages.Shell(
        language: language,
        appName: "Acme Notes",
        style: "/s.css",
        connectionsStyle: "/c.css",
        script: "/s.js",
        connectionsScript: "/c.js",
        brand: Brand(branding, language)
    )
}
private let shell = branded(branding)
private let catalog = try? Catalog.load()

private let session = ConnectSession(
    id: .init(rawValue: "s"),
    organizationID: .init(rawValue: "o"),
    workspaceID: .init(rawValue: "w"),
    workspaceIntegrationID: nil,
    integrationName: "smtp",
    authMethodKey: nil,
    oauthAppMode: nil,
    oauthAppID: nil,
    connectionName: "Mail",
    externalID: "e",
    endUserExternalID: "ada",
    scope: .workspace,
    successRedirectURI: nil,
    errorRedirectURI: "https://acme.example",
    allowedOrigins: [],
    scopes: nil,
    locale: nil,
    metadata: [:],
    reconnectID: nil,
    needsConfirmation: false,
    createdAt: Instant(milliseconds: 0),
    expiresAt: Instant(milliseconds: 0)
)

extension ConnectPage {
    /// By every method of every integration, each input refused; without a choice of method; and without a logo.
    static var samples: [View] {
        (catalog?.integrations ?? []).flatMap { integration in
            let ways: [AuthOption?] = integration.auth + [nil]
            return ways.map { chosen -> View in
                let fields = integration.inputs + (chosen?.fields ?? [])
                let faults = fields.map { ($0.key, FieldFault(.required, $0.label)) }
                return ConnectPage(
                    session,
                    integration,
                    options: integration.auth,
                    chosen: chosen,
                    attempt: Attempt(
                        typed: ["secure": "tls"],
                        faults: Dictionary(faults) { $1 },
                        problem: .failure(.accessDenied)
                    ),
                    embeddedLink: chosen == nil ? "u" : nil,
                    shell: chosen == nil ? shell : branded(Branding())
                ).view
            }
        }
    }
}

extension PortalEntry {
    static func sample(
        _ integration: Integration,
        name: String? = nil,
        sortOrder: Int = 0,
        connections: [Connection] = []
    ) -> PortalEntry {
        PortalEntry(
            key: integration.name,
            integration: integration,
            name: name ?? integration.displayName,
            entryID: nil,
            sortOrder: sortOrder,
            connections: connections,
            isConnectable: true
        )
    }
}

extension PortalPage {
    static func sample(of entries: [PortalEntry], query: String? = nil, category: String? = nil) -> PortalPage {
        PortalPage(
            OpenedPortal(endUserExternalID: "u", entries: entries, branding: nil),
            filter: PortalFilter(query: query, category: category),
            notice: ["title": .text(""), "message": .html(HTML(text: "")), "isGood": .flag(true)],
            shell: shell
        )
    }
}

extension PortalPage {
    /// With nothing; with the whole catalog, of which something is looked for; and with accounts.
    static var samples: [View] {
        let whole = catalog?.integrations ?? []
        let connected = whole.prefix(2).map { PortalEntry.sample($0, sortOrder: 1, connections: [.sample]) }
        return [
            sample(of: []), sample(of: whole.map { .sample($0, sortOrder: 1) }, query: "mail", category: "MARKETING"),
            sample(of: connected, query: "nobody"),
        ].map(\.view)
    }
}

extension Connection {
    fileprivate static let sample = Connection(
        id: .init(rawValue: "c"),
        organizationID: .init(rawValue: "o"),
        workspaceID: nil,
        endUserID: nil,
        endUserExternalID: nil,
        externalID: "e",
        displayName: "Mine",
        integrationName: "smtp",
        authMethodKey: "basic",
        type: .basicAuth,
        status: .error,
        statusReason: nil,
        scope: .user,
        accountID: nil,
        accountLabel: "ada@acme.example",
        grantedScopes: [],
        credentialVersion: 1,
        oauthAppID: nil,
        expiresAt: nil,
        lastRefreshedAt: nil,
        refreshing: nil,
        createdAt: Instant(milliseconds: 0),
        updatedAt: Instant(milliseconds: 0)
    )
}

extension InviteMail {
    static let sample = InviteMail(
        Invitation(
            link: PortalLink(token: "t", connectURL: "u", expiresAt: Instant(milliseconds: 0)),
            integrationName: "Mail",
            locale: nil,
            branding: nil
        ),
        shell: shell
    ).view
}

extension ResultPage {
    /// Connected with less than was asked for, and failed with a way back.
    static var samples: [View] {
        var connected = session
        connected.status = .completed
        connected.isPopup = true
        var failed = session
        failed.status = .failed
        return (catalog?["smtp"]).map { smtp in
            [
                ResultPage(connected, smtp, account: "ada", missing: ["a"], shell: shell).view,
                ResultPage(failed, smtp, account: nil, shell: shell).view,
            ]
        } ?? []
    }
}

extension AccountPage {
    static var sample: View? {
        catalog?["smtp"].map { AccountPage(session, $0, AccountChoice(old: "a", new: "b"), shell: shell).view }
    }
}

extension SitePage {
    static var sample: View? {
        let choices = (1...9).map { ChoiceLookup.Choice(id: "\($0)", label: "Team", data: [:]) }
        return catalog?["smtp"].map { SitePage(session, $0, choices, shell: shell).view }
    }
}

extension WaitingPage {
    static var sample: View? {
        catalog?["smtp"].map { WaitingPage(session, $0, message: [:], confirmURL: "u", shell: shell).view }
    }
}

extension ProblemPage {
    static var sample: View { ProblemPage(Problem(.deadLink), requestID: "", shell: shell).view }
}
