internal import Storage
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
    ///
    /// Transactions that could add to the same organization at the same moment wait for each other.
    static func check(
        _ limit: Int,
        of things: String,
        in organization: Organization.ID,
        _ transaction: Transaction,
        count: (Organization.ID) throws -> Int
    ) throws {
        guard limit > 0 else { return }
        try transaction.hold(organization)
        guard try count(organization) >= limit else { return }
        throw PortalError(
            .quotaExceeded,
            "The limit of \(limit) \(things) is reached",
            details: ["limit": .integer(Int64(limit))]
        )
    }
}
