internal import Connect
internal import Integrations
internal import Storage

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
        let connections: [Item]
        let isConnectable: Bool
        let isHidden: Bool
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
        connections = entry.connections.map { PortalPage.Item($0, of: entry, shell) }
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
}

extension PortalPage.Item {
    init(_ connection: Connection, of entry: PortalEntry, _ shell: Pages.Shell) {
        let account = connection.accountLabel ?? connection.displayName
        connectionID = connection.id.rawValue
        self.account = account
        label = [account, entry.name].contains(connection.displayName) ? nil : connection.displayName
        displayName = connection.displayName
        reconnectLabel = shell.text("reconnectAccount", ["account": account])
        renameLabel = shell.text("renameAccount", ["account": account])
        disconnectLabel = shell.text("disconnectAccount", ["account": account])
        needsAttention = connection.status == .error
    }
}
