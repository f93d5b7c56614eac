public import StrictJSON

/// A person of the app that embeds us, known by the app's own id.
public struct EndUser: Sendable {
    public typealias ID = Identifier<EndUser>

    public let id: ID
    public let organizationID: Organization.ID
    public let workspaceID: Workspace.ID
    public let externalID: String
    public let displayName: String?
    public let email: String?
    public let metadata: JSON
    public let createdAt: Instant
    public let updatedAt: Instant

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
    }
}

extension Transaction {
    public func endUser(externalID: String, in workspace: Workspace.ID) throws -> EndUser? {
        try first(
            "SELECT \(EndUser.columns) FROM endUser WHERE workspaceId = ? AND externalId = ?",
            workspace,
            externalID,
            as: EndUser.init
        )
    }

    public func insert(_ user: EndUser) throws {
        try execute(
            "INSERT INTO endUser (\(EndUser.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
