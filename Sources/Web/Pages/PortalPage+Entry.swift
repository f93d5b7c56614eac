internal import Connect
internal import Integrations
internal import Storage
internal import Views

extension PortalPage {
    /// An integration that is, or can be, connected.
    struct Entry: Sendable {
        let integrationKey: String
        let integrationName: String
        let description: String
        let connectLabel: String
        let tile: Tile
        /// The names of its categories, the main one first.
        let categoryNames: String
        /// What else it can be found by, beyond what is seen of it.
        let also: String
        /// Its place before or after others, where the workspace gave it one.
        let order: Int?
        let connections: [View]
        let isConnectable: Bool
        let isHidden: Bool
    }
}

extension PortalPage.Entry {
    init(_ entry: PortalEntry, also: String, isHidden: Bool = false, _ shell: Pages.Shell) {
        integrationKey = entry.key
        integrationName = entry.name
        description = entry.integration.description
        tile = Tile(entry.integration)
        categoryNames = entry.categories.joined(separator: " ")
        self.also = also
        order = entry.sortOrder == 0 ? nil : entry.sortOrder
        connections = entry.connections.map { Self.item($0, of: entry, shell) }
        isConnectable = entry.isConnectable
        self.isHidden = isHidden
        let key = entry.connections.isEmpty ? "connectProvider" : "addAnotherOf"
        connectLabel = shell.text(key, ["provider": entry.name])
    }

    /// Hidden where something else is looked for.
    init(connected entry: PortalEntry, _ filter: PortalFilter, _ shell: Pages.Shell) {
        let titles = entry.categories.map { shell.text("category.\($0)") }
        let also = [entry.integration.description] + entry.otherNames + titles
        let accounts = entry.connections.flatMap { [$0.accountLabel ?? "", $0.displayName] }
        let isHidden = filter.sought.map { $0.rank(name: entry.name, texts: also + accounts) == nil } ?? false
        self.init(entry, also: also.joined(separator: " "), isHidden: isHidden, shell)
    }

    private static func item(_ connection: Connection, of entry: PortalEntry, _ shell: Pages.Shell) -> View {
        let account = connection.accountLabel ?? connection.displayName
        // The name that the person or the app gave it, where it says more.
        let label = [account, entry.name].contains(connection.displayName) ? nil : connection.displayName
        return [
            "connectionID": .text(connection.id.rawValue),
            "account": .text(account),
            "label": .text(label),
            "displayName": .text(connection.displayName),
            "reconnectLabel": .text(shell.text("reconnectAccount", ["account": account])),
            "renameLabel": .text(shell.text("renameAccount", ["account": account])),
            "disconnectLabel": .text(shell.text("disconnectAccount", ["account": account])),
            "needsAttention": .flag(connection.status == .error),
        ]
    }

    var view: View {
        [
            "integrationKey": .text(integrationKey),
            "integrationName": .text(integrationName),
            "description": .text(description),
            "connectLabel": .text(connectLabel),
            "tile": .view(tile.view),
            "categoryNames": .text(categoryNames),
            "also": .text(also),
            "order": .text(order.map(String.init)),
            "connections": .list(connections),
            "isConnectable": .flag(isConnectable),
            "isHidden": .flag(isHidden),
        ]
    }
}
