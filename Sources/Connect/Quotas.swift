internal import Storage
internal import StrictJSON

/// How many of each an organization, or an end user, may have; 0 = as many as they like.
public struct Quotas: Sendable {
    public var apiKeys: Int
    public var workspaces: Int
    public var endUsers: Int
    public var connections: Int
    public var openSessions: Int
    public var openSessionsPerEndUser: Int

    public init(
        apiKeys: Int = 0,
        workspaces: Int = 0,
        endUsers: Int = 0,
        connections: Int = 0,
        openSessions: Int = 0,
        openSessionsPerEndUser: Int = 0
    ) {
        self.apiKeys = apiKeys
        self.workspaces = workspaces
        self.endUsers = endUsers
        self.connections = connections
        self.openSessions = openSessions
        self.openSessionsPerEndUser = openSessionsPerEndUser
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
        throw exceeded(limit, of: things)
    }

    /// Throws `QUOTA_EXCEEDED` where a session would be one too many; called inside the transaction that adds it.
    ///
    /// Those that are opened at the very same moment may all be let in, and wait for nobody.
    func check(_ session: ConnectSession, at now: Instant, _ transaction: Transaction) throws {
        let (all, own, organization) = (openSessions, openSessionsPerEndUser, session.organizationID)
        if all > 0, try transaction.openSessionCount(of: organization, at: now, upTo: all) == all {
            throw Self.exceeded(all, of: "open sessions")
        }
        guard own > 0, let user = session.endUserExternalID else { return }
        let workspace = session.workspaceID
        if try transaction.openSessionCount(forEndUser: user, in: workspace, at: now, upTo: own) == own {
            throw Self.exceeded(own, of: "open sessions of an end user")
        }
    }

    private static func exceeded(_ limit: Int, of things: String) -> PortalError {
        PortalError(
            .quotaExceeded,
            "The limit of \(limit) \(things) is reached",
            details: ["limit": .integer(Int64(limit))]
        )
    }
}
