import StrictJSON

/// One integration of the portal's catalog, as an app learns of it.
struct Service: Sendable {
    let name: String
    let displayName: String
    let description: String
    let logoURL: String
    /// Where the provider explains how to get a key or register an app.
    let docsURL: String?
    let category: String
    /// Whether people can connect it now: by typing something, or at a provider that knows the portal.
    let isReady: Bool

    /// `configured` are the names of those for which the portal has an OAuth app.
    init?(_ integration: JSON, configured: Set<String>) {
        guard let name = integration["name"]?.string, let displayName = integration["displayName"]?.string else {
            return nil
        }
        let types = integration.value(at: "auth.type")?.array?.compactMap(\.string) ?? []
        self.name = name
        self.displayName = displayName
        description = integration["description"]?.string ?? ""
        logoURL = integration["logoUrl"]?.string ?? ""
        docsURL = integration["docsUrl"]?.string
        category = Self.words(of: integration["categories"]?.array?.first?.string ?? "OTHER")
        let signsIn = types.allSatisfy { $0 == "OAUTH2" } && integration.value(at: "auth.oauth2") != .null
        isReady = !signsIn || configured.contains(name)
    }

    /// All that is known of an exhibit without the portal.
    init(_ exhibit: Exhibit) {
        name = exhibit.name
        displayName = exhibit.name
        description = exhibit.shows
        logoURL = ""
        docsURL = nil
        category = ""
        isReady = true
    }

    /// `SALES_AND_CRM` as people write it.
    private static func words(of category: String) -> String {
        let words = category.replacing("_", with: " ").lowercased().replacing("crm", with: "CRM")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension SampleApp {
    /// By name; without an answer the plain names have to do.
    func services() async -> [String: Service] {
        async let status = try? ask("GET", "/api/v1/integrations/oauth-status")
        async let answer = try? ask("GET", "/api/v1/integrations?summary=true")
        let configured = Set(await status?["configured"]?.array?.compactMap(\.string) ?? [])
        let known = await (answer?["integrations"]?.array ?? []).compactMap { Service($0, configured: configured) }
        return Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
