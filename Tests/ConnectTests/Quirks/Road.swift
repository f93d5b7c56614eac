/// Where an address of a provider leads at the sandbox.
struct Road: Sendable {
    /// Nothing = any.
    var method: String?
    /// The address with its fixed query; `*` stands for a token.
    let address: String
    let path: String
    /// Whether all addresses below lead there.
    var isPrefix = false

    /// The paths at the sandbox behind an address, with its query; several where one answer is made of more.
    ///
    /// The address that says the most is the one that is meant.
    static func paths(from url: String, method: String, on roads: [Road]) -> [String] {
        let open = roads.filter { $0.method == nil || $0.method == method }
        let fitting = open.filter { $0.leads(from: url) }
        guard let longest = fitting.map(\.address.count).max() else { return [] }
        return fitting.filter { $0.address.count == longest }.map { $0.path(behind: url) }
    }

    private func leads(from url: String) -> Bool {
        if isPrefix { return url.hasPrefix(address) }
        let parts = address.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 1 else { return url.hasPrefix(parts[0]) && url.hasSuffix(parts[1]) }
        guard url.hasPrefix(address) else { return false }
        let rest = url.dropFirst(address.count)
        return rest.isEmpty || rest.first == (address.contains("?") ? "&" : "?")
    }

    private func path(behind url: String) -> String {
        guard !isPrefix else { return "/" + url.dropFirst(address.count).drop { $0 == "/" } }
        return path + url.drop { $0 != "?" }
    }
}
