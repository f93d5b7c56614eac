internal import StrictJSON

/// How many of each an organization may have; 0 = as many as it likes.
public struct Quotas: Sendable {
    public var apiKeys: Int
    public var workspaces: Int
    public var endUsers: Int
    public var connections: Int

    public init(apiKeys: Int = 0, workspaces: Int = 0, endUsers: Int = 0, connections: Int = 0) {
        self.apiKeys = apiKeys
        self.workspaces = workspaces
        self.endUsers = endUsers
        self.connections = connections
    }

    /// Throws `QUOTA_EXCEEDED` where one more would be too many; called inside the transaction that adds it.
    static func check(_ limit: Int, has count: Int, of things: String) throws(PortalError) {
        guard limit > 0, count >= limit else { return }
        throw PortalError(
            .quotaExceeded,
            "The limit of \(limit) \(things) is reached",
            details: ["limit": .integer(Int64(limit))]
        )
    }
}
