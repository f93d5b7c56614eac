/// A part of an organization with its own end users and connections.
public struct Workspace: Sendable {
    public typealias ID = Identifier<Workspace>

    public let id: ID
    public let organizationID: Organization.ID
    public var name: String
    public var slug: String
    public let createdAt: Instant
    public var updatedAt: Instant
    /// Read with the row, written by itself.
    public var branding: Branding?

    public init(
        id: ID,
        organizationID: Organization.ID,
        name: String,
        slug: String,
        createdAt: Instant,
        updatedAt: Instant,
        branding: Branding? = nil
    ) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.slug = slug
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.branding = branding
    }

    fileprivate static let select = """
        SELECT \(columns), \(Branding.columns) FROM workspace
            LEFT JOIN branding ON branding.workspaceId = workspace.id
        """

    fileprivate static let columns = "id, organizationId, name, slug, createdAt, updatedAt"

    fileprivate init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        name = try row[2]
        slug = try row[3]
        createdAt = try row[4]
        updatedAt = try row[5]
        branding = try Branding(row, from: 6)
    }
}

extension Transaction {
    public func workspace(_ id: Workspace.ID, of organization: Organization.ID) throws -> Workspace? {
        try first(
            "\(Workspace.select) WHERE organizationId = ? AND id = ?",
            organization,
            id,
            as: Workspace.init
        )
    }

    /// Newest first.
    public func workspaces(of organization: Organization.ID, _ page: ListPage = .all) throws -> Listing<Workspace> {
        try list(
            Workspace.select,
            from: "workspace",
            where: Conditions(organization),
            page,
            as: Workspace.init
        )
    }

    public func workspaceCount(of organization: Organization.ID) throws -> Int {
        try count("workspace", where: Conditions(organization))
    }

    /// How many of these ids are workspaces of the organization.
    public func workspaceCount(of organization: Organization.ID, among ids: [Workspace.ID]) throws -> Int {
        var conditions = Conditions(organization)
        conditions.require("id", among: ids)
        return try count("workspace", where: conditions)
    }

    public func update(_ workspace: Workspace) throws {
        try execute(
            "UPDATE workspace SET name = ?, slug = ?, updatedAt = ? WHERE organizationId = ? AND id = ?",
            workspace.name,
            workspace.slug,
            workspace.updatedAt,
            workspace.organizationID,
            workspace.id
        )
    }

    /// Removes a workspace and everything in it; tells whether there was one.
    public func deleteWorkspace(_ id: Workspace.ID, of organization: Organization.ID) throws -> Bool {
        try execute("DELETE FROM workspace WHERE organizationId = ? AND id = ?", organization, id) == 1
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
