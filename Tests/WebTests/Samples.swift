@testable import Connect
import Integrations
import OAuth
import Storage
import StrictJSON

@testable import Web

private let language = Language(code: "en", isRightToLeft: true, words: [:])
private let shell = Pages.Shell(
    language: language,
    appName: "Acme Notes",
    style: "/s.css",
    connectionsStyle: "/c.css",
    script: "/s.js",
    connectionsScript: "/c.js",
    brand: Brand(Branding(color: "#2458d6", supportURL: "https://acme.example", logoName: "l.png"), language)
)
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
    endUserExternalID: nil,
    scope: .workspace,
    successRedirectURI: nil,
    errorRedirectURI: nil,
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
    static var sample: ConnectPage? {
        catalog?["smtp"].map {
            ConnectPage(
                session,
                $0,
                options: $0.auth,
                chosen: $0.auth.first,
                attempt: .init(),
                embeddedLink: "u",
                shell: shell
            )
        }
    }
}

extension FieldModel {
    static var sample: FieldModel? { catalog?["smtp"].flatMap { FieldModel.all($0.inputs, .init(), shell).first } }
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
    /// The whole catalog, of which something is looked for.
    static var sample: PortalPage? { sample(of: catalog?.integrations.map { .sample($0) } ?? [], query: "mail") }

    static func sample(of entries: [PortalEntry], query: String? = nil, category: String? = nil) -> PortalPage {
        PortalPage(
            OpenedPortal(endUserExternalID: "u", entries: entries, branding: nil),
            filter: PortalFilter(query: query, category: category),
            notice: Notice(title: "", message: HTML(text: ""), isGood: true),
            shell: shell
        )
    }
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
    )
}

extension ResultPage {
    static var sample: ResultPage? {
        catalog?["smtp"].map { ResultPage(session, $0, account: nil, missing: ["a"], shell: shell) }
    }
}

extension AccountPage {
    static var sample: AccountPage? {
        catalog?["smtp"].map { AccountPage(session, $0, AccountChoice(old: "a", new: "b"), shell: shell) }
    }
}

extension WaitingPage {
    static var sample: WaitingPage? {
        catalog?["smtp"].map { WaitingPage(session, $0, message: [:], confirmURL: "u", shell: shell) }
    }
}

extension ProblemPage {
    static var sample: ProblemPage { ProblemPage(Problem(.deadLink), requestID: "", shell: shell) }
}
