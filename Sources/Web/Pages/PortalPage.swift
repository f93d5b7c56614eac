internal import Connect
internal import Integrations
internal import Storage

/// An end user's page: what can be connected, and what is.
struct PortalPage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let extraStyle: String
    let script: String
    let brand: Brand
    let intro: HTML
    let empty: HTML
    let cleanURL = "/connect/portal"
    let connectAction = "/connect/portal/connect"
    let renameAction = "/connect/portal/rename"
    let disconnectAction = "/connect/portal/disconnect"
    let notice: Notice?
    let entries: [Entry]
    let isEmpty: Bool
    /// More is offered than one sees at a glance.
    let isSearchable: Bool
    let query: String?
    let isNothingFound: Bool

    struct Notice: Sendable {
        let title: String
        let message: HTML
        let isGood: Bool
    }

    struct Entry: Sendable {
        let integrationKey: String
        let integrationName: String
        let connectLabel: String
        let monogram: String
        let color: String
        let onColor: String
        let connections: [Item]
        let isConnected: Bool
    }

    struct Item: Sendable {
        let connectionID: String
        let account: String
        /// The name that the person or the app gave it, where it says more.
        let label: String?
        let displayName: String
        let reconnectLabel: String
        let renameLabel: String
        let disconnectLabel: String
        let needsAttention: Bool
    }

    init(_ opened: OpenedPortal, query: String? = nil, notice: Notice?, shell: Pages.Shell) {
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("portalTitle")
        style = shell.style
        extraStyle = shell.connectionsStyle
        script = shell.script
        brand = shell.brand
        intro = shell.html("portalIntro", ["user": opened.endUserExternalID])
        empty = shell.html("portalEmpty")
        self.notice = notice
        let sought = query?.trimmingPrefix(while: \.isWhitespace).lowercased() ?? ""
        entries = opened.entries.filter { sought.isEmpty || $0.contains(sought) }.map { Entry($0, shell) }
        isEmpty = opened.entries.isEmpty
        isSearchable = opened.entries.count > 6
        self.query = sought.isEmpty ? nil : query
        isNothingFound = entries.isEmpty && !isEmpty
    }
}

extension PortalPage.Entry {
    init(_ entry: PortalEntry, _ shell: Pages.Shell) {
        let tile = Tile(entry.integration)
        integrationKey = entry.integration.name
        integrationName = entry.name
        monogram = tile.monogram
        color = tile.color
        onColor = tile.onColor
        connections = entry.connections.map { connection in
            let account = connection.accountLabel ?? connection.displayName
            return PortalPage.Item(
                connectionID: connection.id.rawValue,
                account: account,
                label: [account, entry.name].contains(connection.displayName) ? nil : connection.displayName,
                displayName: connection.displayName,
                reconnectLabel: shell.text("reconnectAccount", ["account": account]),
                renameLabel: shell.text("renameAccount", ["account": account]),
                disconnectLabel: shell.text("disconnectAccount", ["account": account]),
                needsAttention: connection.status == .error
            )
        }
        isConnected = !connections.isEmpty
        connectLabel = shell.text(isConnected ? "addAnotherOf" : "connectProvider", ["provider": entry.name])
    }
}

extension PortalEntry {
    /// Whether a text in lower case is part of what a person would look for.
    fileprivate func contains(_ sought: String) -> Bool {
        let texts = [name, integration.displayName] + connections.flatMap { [$0.accountLabel ?? "", $0.displayName] }
        return texts.contains { $0.lowercased().contains(sought) }
    }
}
