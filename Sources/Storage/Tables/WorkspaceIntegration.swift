public import StrictJSON

/// An integration that a workspace offers, and whose connection its users work with.
public struct WorkspaceIntegration: Sendable, Listed {
    public typealias ID = Identifier<WorkspaceIntegration>

    public enum Strategy: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        /// One connection for everybody.
        case fixed
        /// Each user has their own.
        case perUser = "per_user"
        /// Each user has their own, or else the given one.
        case perUserWithFallback = "per_user_with_fallback"
    }

    public let id: ID
    public let organizationID: Organization.ID
    public let workspaceID: Workspace.ID
    public let integrationName: String
    public var alias: String
    public var strategy: Strategy
    public var authMethodKey: String?
    public var oauthAppMode: String?
    public var oauthAppID: String?
    public var connectionID: Connection.ID?
    public var displayName: String?
    /// Nothing = all.
    public var enabledActions: [String]?
    public var settings: JSON
    public var sortOrder: Int
    public let createdAt: Instant
    public var updatedAt: Instant
    /// Of its connection; read with the row, not written.
    public internal(set) var connectionStatus: String?
    public internal(set) var connectionDisplayName: String?

    var listID: String { id.rawValue }

    public init(
        id: ID,
        organizationID: Organization.ID,
        workspaceID: Workspace.ID,
        integrationName: String,
        alias: String,
        strategy: Strategy = .perUser,
        settings: JSON = [:],
        sortOrder: Int = 0,
        createdAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.workspaceID = workspaceID
        self.integrationName = integrationName
        self.alias = alias
        self.strategy = strategy
        self.settings = settings
        self.sortOrder = sortOrder
        self.createdAt = createdAt
        updatedAt = createdAt
    }
}
