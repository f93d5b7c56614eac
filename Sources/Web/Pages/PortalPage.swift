internal import Connect
internal import Integrations
internal import Storage
internal import Views

/// An end user's page: what is connected, then what can be, found by category or by searching.
struct PortalPage {
    let notice: View?
    /// The address without the token, with what is looked for.
    let ownURL: String
    let isEmpty: Bool
    /// More is offered than one sees at a glance.
    let isSearchable: Bool
    let query: String?
    let category: String?
    let isFiltered: Bool
    /// How many are found, or that none is.
    let findings: String
    let connected: [Entry]
    let available: [Group]
    /// None where one sees all without categories.
    let categories: [Category]
    let found: [Entry]
    /// The title of the chosen category, if anything is found there.
    let foundTitle: String?
    private let endUserExternalID: String
    private let shell: Pages.Shell

    /// What can be connected, under a title where there is more than one group.
    struct Group {
        let groupTitle: String?
        let anchor: String
        let entries: [Entry]

        var view: View {
            ["groupTitle": .text(groupTitle), "anchor": .text(anchor), "entries": .list(entries.map(\.view))]
        }
    }

    /// A link that shows one category; one without a name shows all.
    struct Category {
        let name: String
        let title: String
        let count: Int
        let url: String
        let isChosen: Bool

        var view: View {
            [
                "name": .text(name), "title": .text(title), "count": .text(String(count)), "url": .text(url),
                "isChosen": .flag(isChosen),
            ]
        }
    }

    init(_ opened: OpenedPortal, filter: PortalFilter = PortalFilter(), notice: View?, shell: Pages.Shell) {
        self.notice = notice
        self.shell = shell
        endUserExternalID = opened.endUserExternalID
        let listing = PortalListing(opened.entries, filter, shell)
        isEmpty = opened.entries.isEmpty
        isSearchable = listing.isSearchable
        query = listing.filter.query
        category = listing.filter.category
        isFiltered = !listing.filter.isEmpty
        ownURL = listing.filter.url
        connected = listing.connected
        available = listing.groups
        categories = listing.categories
        found = listing.found
        foundTitle = found.isEmpty ? nil : categories.first { $0.isChosen && !$0.name.isEmpty }?.title
        let hits = found.count + (query == nil ? 0 : connected.count { !$0.isHidden })
        findings = hits == 0 ? shell.text("nothingFound") : shell.text("found", ["count": String(hits)])
    }

    var hasNoConnection: Bool { connected.isEmpty && !isEmpty }
    var hasCategories: Bool { !categories.isEmpty }

    var view: View {
        shell.page(
            title: shell.text("portalTitle"),
            [
                "extraStyle": .text(shell.connectionsStyle),
                // Searches while the person types, where there is much.
                "extraScript": .text(isSearchable ? shell.connectionsScript : nil),
                "intro": .html(shell.html("portalIntro", ["user": endUserExternalID])),
                "empty": .html(shell.html("portalEmpty")),
                "cleanURL": .text("/connect/portal"),
                "connectAction": .text("/connect/portal/connect"),
                "renameAction": .text("/connect/portal/rename"),
                "disconnectAction": .text("/connect/portal/disconnect"),
                "ownURL": .text(ownURL),
                "notice": .view(notice),
                "isEmpty": .flag(isEmpty),
                "isSearchable": .flag(isSearchable),
                "query": .text(query),
                "category": .text(category),
                "isFiltered": .flag(isFiltered),
                "findings": .text(findings),
                "connected": .list(connected.map(\.view)),
                "hasConnected": .flag(connected.contains { !$0.isHidden }),
                "hasNoConnection": .flag(hasNoConnection),
                "available": .list(available.map(\.view)),
                "hasAvailable": .flag(!available.isEmpty),
                // Hidden where nothing is found there and no other category could help.
                "hidesAvailable": .flag(query != nil && category == nil && found.isEmpty),
                "hasCategories": .flag(hasCategories),
                "categories": .list(categories.map(\.view)),
                "found": .list(found.map(\.view)),
                "foundTitle": .text(foundTitle),
            ]
        )
    }
}
