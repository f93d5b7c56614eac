internal import Connect
internal import Integrations
internal import Storage

/// An end user's page: what can be connected, and what is.
struct PortalPage: Sendable {
    let lang = "en"
    let title: String
    let style: String
    let extraStyle: String
    let script: String
    let appName: String
    let userLabel: String
    let cleanURL = "/connect/portal"
    let connectAction = "/connect/portal/connect"
    let disconnectAction = "/connect/portal/disconnect"
    let notice: Notice?
    let entries: [Entry]
    let isEmpty: Bool

    struct Notice: Sendable {
        let title: String
        let message: String
        let isGood: Bool
    }

    struct Entry: Sendable {
        let integrationKey: String
        let integrationName: String
        let monogram: String
        let color: String
        let onColor: String
        let connections: [Item]
        let isConnected: Bool
    }

    struct Item: Sendable {
        let connectionID: String
        let account: String
        let needsAttention: Bool
    }

    init(_ opened: OpenedPortal, notice: Notice?, shell: Pages.Shell) {
        title = "Your connections to \(shell.appName)"
        style = shell.style
        extraStyle = shell.connectionsStyle
        script = shell.script
        appName = shell.appName
        userLabel = opened.endUserExternalID
        self.notice = notice
        entries = opened.entries.map(Entry.init)
        isEmpty = entries.isEmpty
    }
}

extension PortalPage.Entry {
    init(_ entry: PortalEntry) {
        let tile = Tile(entry.integration)
        integrationKey = entry.integration.name
        integrationName = entry.name
        monogram = tile.monogram
        color = tile.color
        onColor = tile.onColor
        connections = entry.connections.map { connection in
            PortalPage.Item(
                connectionID: connection.id.rawValue,
                account: connection.accountLabel ?? connection.displayName,
                needsAttention: connection.status == .error
            )
        }
        isConnected = !connections.isEmpty
    }
}
