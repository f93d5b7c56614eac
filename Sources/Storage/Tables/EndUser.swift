public import StrictJSON

/// A person of the app that embeds us, known by the app's own id.
public struct EndUser: Sendable {
    public typealias ID = Identifier<EndUser>

    public let id: ID
    public let organizationID: Organization.ID
    public let workspaceID: Workspace.ID
    public let externalID: String
    public var displayName: String?
    public var email: String?
    public var metadata: JSON
    public let createdAt: Instant
    public var updatedAt: Instant
    /// Read with the row, not written.
    public var connectionCount = 0

    public init(
        id: ID,
        organizationID: Organization.ID,
        workspaceID: Workspace.ID,
        externalID: String,
        displayName: String? = nil,
        email: String? = nil,
        metadata: JSON = [:],
        createdAt: Instant,
        updatedAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.workspaceID = workspaceID
        self.externalID = externalID
        self.displayName = displayName
        self.email = email
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    fileprivate static let select = """
        SELECT \(columns), (SELECT COUNT(*) FROM connection WHERE connection.endUserId = endUser.id) FROM endUser
        """

    fileprivate static let columns =
        "id, organizationId, workspaceId, externalId, displayName, email, metadata, createdAt, updatedAt"

    fileprivate init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        workspaceID = try row[2]
        externalID = try row[3]
        displayName = try row[4]
        email = try row[5]
        metadata = try row[6]
        createdAt = try row[7]
        updatedAt = try row[8]
        connectionCount = try row[9]
    }
}

extension Transaction {
    public func endUser(externalID: String, in workspace: Workspace.ID) throws -> EndUser? {
        try first(
            "\(EndUser.select) WHERE workspaceId = ? AND externalId = ?",
            workspace,
            externalID,
            as: EndUser.init
        )
    }

    public func endUser(_ id: EndUser.ID, of organization: Organization.ID) throws -> EndUser? {
        try first("\(EndUser.select) WHERE organizationId = ? AND id = ?", organization, id, as: EndUser.init)
    }

    /// Newest first; all of them, or the one with an external id.
    public func endUsers(
        of organization: Organization.ID,
        in workspace: Workspace.ID,
        externalID: String?,
        _ page: ListPage
    ) throws -> Listing<EndUser> {
        var conditions = Conditions(organization)
        conditions.require("workspaceId", workspace)
        conditions.require("externalId", externalID)
        return try list(EndUser.select, from: "endUser", where: conditions, page, as: EndUser.init)
    }

    public func endUserCount(of organization: Organization.ID) throws -> Int {
        try count("endUser", where: Conditions(organization))
    }

    public func update(_ user: EndUser) throws {
        try execute(
            "UPDATE endUser SET displayName = ?, email = ?, metadata = ?, updatedAt = ? WHERE organizationId = ? AND id = ?",
            user.displayName,
            user.email,
            user.metadata,
            user.updatedAt,
            user.organizationID,
            user.id
        )
    }

    /// Removes an end user and their connections; tells whether there was one.
    public func deleteEndUser(_ id: EndUser.ID, of organization: Organization.ID) throws -> Bool {
        try execute("DELETE FROM endUser WHERE organizationId = ? AND id = ?", organization, id) == 1
    }

    public func insert(_ user: EndUser) throws { try insert(user, unless: "") }

    /// Leaves a user of the same external id as they are, also one that another transaction makes at this moment.
    public func insertIfNew(_ user: EndUser) throws {
        try insert(user, unless: " ON CONFLICT (workspaceId, externalId) DO NOTHING")
    }

    private func insert(_ user: EndUser, unless conflict: String) throws {
        try execute(
            "INSERT INTO endUser (\(EndUser.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\(conflict)",
            user.id,
            user.organizationID,
            user.workspaceID,
            user.externalID,
            user.displayName,
            user.email,
            user.metadata,
            user.createdAt,
            user.updatedAt
        )
    }
}
