internal import Connect
internal import Integrations

/// What is offered, sorted out: connected or not, by category, and found.
struct PortalListing {
    /// More than these are searched.
    private static let fewEntries = 6
    /// More than these are grouped by category.
    private static let fewAvailable = 12

    let filter: PortalFilter
    let isSearchable: Bool
    let connected: [PortalPage.Entry]
    private let available: [PortalEntry]
    /// As the workspace orders them, then by name.
    private let sorted: [PortalEntry]
    /// By name; those of what can be connected.
    private let titles: [String: String]
    private let isGrouped: Bool
    private let shell: Pages.Shell

    init(_ entries: [PortalEntry], _ wanted: PortalFilter, _ shell: Pages.Shell) {
        let rest = entries.filter(\.connections.isEmpty)
        let names = Set(rest.flatMap(\.categories))
        let isGrouped = rest.count > Self.fewAvailable && names.count > 1
        let filter = isGrouped && names.contains(wanted.category ?? "") ? wanted : wanted.inAllCategories
        titles = Dictionary(uniqueKeysWithValues: names.map { ($0, shell.text("category.\($0)")) })
        sorted = rest.map { ($0, $0.name.folded) }.sorted { ($0.0.sortOrder, $0.1) < ($1.0.sortOrder, $1.1) }.map(\.0)
        available = isGrouped ? sorted : rest
        connected = entries.filter { !$0.connections.isEmpty }.map { PortalPage.Entry(connected: $0, filter, shell) }
        isSearchable = entries.count > Self.fewEntries
        self.filter = filter
        self.isGrouped = isGrouped
        self.shell = shell
    }

    /// What can be connected of what is looked for, the best first.
    var found: [PortalPage.Entry] {
        guard !filter.isEmpty else { return [] }
        let ranked = sorted.enumerated().compactMap { place, entry in
            rank(entry).map { (rank: $0, place: place, entry: entry) }
        }
        return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map { card($0.entry) }
    }

    var groups: [PortalPage.Group] {
        guard isGrouped else {
            let all = PortalPage.Group(groupTitle: nil, anchor: "", entries: available.map(card))
            return available.isEmpty ? [] : [all]
        }
        let members = Dictionary(grouping: available) { $0.categories[0] }
        return sortedTitles.compactMap { name, title in
            members[name].map { PortalPage.Group(groupTitle: title, anchor: name.lowercased(), entries: $0.map(card)) }
        }
    }

    /// All, and each category by its title; none where there are no groups.
    var categories: [PortalPage.Category] {
        guard isGrouped else { return [] }
        let all = category(nil, title: shell.text("allCategories"), count: available.count)
        let counts = Dictionary(available.flatMap { Set($0.categories) }.map { ($0, 1) }, uniquingKeysWith: +)
        return [all] + sortedTitles.map { name, title in category(name, title: title, count: counts[name] ?? 0) }
    }

    private var sortedTitles: [(key: String, value: String)] { titles.sorted { $0.value.folded < $1.value.folded } }

    private func category(_ name: String?, title: String, count: Int) -> PortalPage.Category {
        PortalPage.Category(
            name: name ?? "",
            title: title,
            count: count,
            url: filter.url(category: name),
            isChosen: name == filter.category
        )
    }

    private func rank(_ entry: PortalEntry) -> Int? {
        if let category = filter.category, !entry.categories.contains(category) { return nil }
        let texts = [entry.integration.description] + entry.otherNames + entry.categories.compactMap { titles[$0] }
        return filter.sought.map { $0.rank(name: entry.name, texts: texts) } ?? 0
    }

    private func card(_ entry: PortalEntry) -> PortalPage.Entry {
        // Where there are links to categories, the script has their titles from them.
        let also = entry.otherNames + (isGrouped ? [] : entry.categories.compactMap { titles[$0] })
        return PortalPage.Entry(entry, also: also.joined(separator: " "), shell)
    }
}

extension PortalEntry {
    /// At least one, the main one first.
    var categories: [String] { integration.categories.isEmpty ? ["OTHER"] : integration.categories }

    /// What the provider and the API call it, where the name does not say that, too.
    var otherNames: [String] {
        let own = Sought.words(of: name).joined()
        return [integration.displayName, integration.name].filter { other in
            let words = Sought.words(of: other).joined()
            return words != own && !own.contains(words)
        }
    }
}
