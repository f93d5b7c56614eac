/// A part of an organization with its own end users and connections.
public struct Workspace: Sendable {
    public typealias ID = Identifier<Workspace>

    public let id: ID
    public let organizationID: Organization.ID
    public let name: String
    public let slug: String
    public let createdAt: Instant
    public let updatedAt: Instant

    public init(
        id: ID,
        organizationID: Organization.ID,
        name: String,
        slug: String,
        createdAt: Instant,
        updatedAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.slug = slug
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    fileprivate static let columns = "id, organizationId, name, slug, createdAt, updatedAt"

    fileprivate init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        name = try row[2]
        slug = try row[3]
        createdAt = try row[4]
        updatedAt = try row[5]
    }
}

extension Transaction {
    public func workspace(_ id: Workspace.ID, of organization: Organization.ID) throws -> Workspace? {
        try first(
            "SELECT \(Workspace.columns) FROM workspace WHERE organizationId = ? AND id = ?",
            organization,
            id,
            as: Workspace.init
        )
    }

    public func workspaces(of organization: Organization.ID) throws -> [Workspace] {
        try all(
            "SELECT \(Workspace.columns) FROM workspace WHERE organizationId = ? ORDER BY createdAt DESC, id",
            organization,
            as: Workspace.init
        )
    }

    public func insert(_ workspace: Workspace) throws {
        try execute(
            "INSERT INTO workspace (\(Workspace.columns)) VALUES (?, ?, ?, ?, ?, ?)",
            workspace.id,
            workspace.organizationID,
            workspace.name,
            workspace.slug,
            workspace.createdAt,
            workspace.updatedAt
        )
    }
}
