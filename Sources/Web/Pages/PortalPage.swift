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
    let intro: HTML
    let empty: HTML
    let cleanURL = "/connect/portal"
    let connectAction = "/connect/portal/connect"
    let disconnectAction = "/connect/portal/disconnect"
    let notice: Notice?
    let entries: [Entry]
    let isEmpty: Bool

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
        let reconnectLabel: String
        let disconnectLabel: String
        let needsAttention: Bool
    }

    init(_ opened: OpenedPortal, notice: Notice?, shell: Pages.Shell) {
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("portalTitle")
        style = shell.style
        extraStyle = shell.connectionsStyle
        script = shell.script
        intro = shell.html("portalIntro", ["user": opened.endUserExternalID])
        empty = shell.html("portalEmpty")
        self.notice = notice
        entries = opened.entries.map { Entry($0, shell) }
        isEmpty = entries.isEmpty
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
                reconnectLabel: shell.text("reconnectAccount", ["account": account]),
                disconnectLabel: shell.text("disconnectAccount", ["account": account]),
                needsAttention: connection.status == .error
            )
        }
        isConnected = !connections.isEmpty
        connectLabel = shell.text(isConnected ? "addAnotherOf" : "connectProvider", ["provider": entry.name])
    }
}
