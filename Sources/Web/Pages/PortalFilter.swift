internal import OAuth

/// What a person wants to see of their page: what they typed, and the category that they chose.
struct PortalFilter: Sendable {
    let query: String?
    let category: String?
    let sought: Sought?

    init(query: String? = nil, category: String? = nil) {
        let query = query.map { String($0.prefix(100)) }
        sought = Sought(query ?? "")
        self.query = sought == nil ? nil : query
        self.category = category
    }

    var inAllCategories: PortalFilter { PortalFilter(query: query) }

    var isEmpty: Bool { sought == nil && category == nil }

    /// The page's address with it.
    var url: String { Self.url(query: query, category: category) }

    /// The address that shows another category, or all, of what was searched for.
    func url(category: String?) -> String { Self.url(query: query, category: category) }

    private static func url(query: String?, category: String?) -> String {
        let pairs = [("category", category), ("q", query)].compactMap { name, value in value.map { (name, $0) } }
        return "/connect/portal" + (pairs.isEmpty ? "" : "?" + FormParameters(pairs).encoded)
    }
}
