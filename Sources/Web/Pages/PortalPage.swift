internal import Connect
internal import Integrations
internal import Storage

/// An end user's page: what is connected, then what can be, found by category or by searching.
struct PortalPage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let extraStyle: String
    let script: String
    /// Searches while the person types, where there is much.
    let extraScript: String?
    let brand: Brand
    let intro: HTML
    let empty: HTML
    let cleanURL = "/connect/portal"
    let connectAction = "/connect/portal/connect"
    let renameAction = "/connect/portal/rename"
    let disconnectAction = "/connect/portal/disconnect"
    /// The address without the token, with what is looked for.
    let ownURL: String
    let notice: Notice?
    let isEmpty: Bool
    /// More is offered than one sees at a glance.
    let isSearchable: Bool
    let query: String?
    let category: String?
    let isFiltered: Bool
    /// How many are found, or that none is.
    let findings: String
    let connected: [Entry]
    let hasConnected: Bool
    let hasNoConnection: Bool
    let available: [Group]
    let hasAvailable: Bool
    /// Hidden where nothing is found there and no other category could help.
    let hidesAvailable: Bool
    /// More than one sees without categories.
    let hasCategories: Bool
    let categories: [Category]
    let found: [Entry]
    /// The title of the chosen category, if anything is found there.
    let foundTitle: String?

    struct Notice: Sendable {
        let title: String
        let message: HTML
        let isGood: Bool
    }

    /// What can be connected, under a title where there is more than one group.
    struct Group: Sendable {
        let groupTitle: String?
        let anchor: String
        let entries: [Entry]
    }

    /// A link that shows one category; one without a name shows all.
    struct Category: Sendable {
        let name: String
        let title: String
        let count: Int
        let url: String
        let isChosen: Bool
    }

    init(_ opened: OpenedPortal, filter: PortalFilter = PortalFilter(), notice: Notice?, shell: Pages.Shell) {
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
        let listing = PortalListing(opened.entries, filter, shell)
        isEmpty = opened.entries.isEmpty
        isSearchable = listing.isSearchable
        extraScript = isSearchable ? shell.connectionsScript : nil
        query = listing.filter.query
        category = listing.filter.category
        isFiltered = !listing.filter.isEmpty
        ownURL = listing.filter.url
        connected = listing.connected
        hasConnected = connected.contains { !$0.isHidden }
        hasNoConnection = connected.isEmpty && !isEmpty
        available = listing.groups
        hasAvailable = !available.isEmpty
        categories = listing.categories
        hasCategories = !categories.isEmpty
        found = listing.found
        hidesAvailable = query != nil && category == nil && found.isEmpty
        foundTitle = found.isEmpty ? nil : categories.first { $0.isChosen && !$0.name.isEmpty }?.title
        let hits = found.count + (query == nil ? 0 : connected.count { !$0.isHidden })
        findings = hits == 0 ? shell.text("nothingFound") : shell.text("found", ["count": String(hits)])
    }
}
