/// Everything belongs to one.
public struct Organization: Sendable {
    public typealias ID = Identifier<Organization>

    public let id: ID
    public let name: String
    public let createdAt: Instant

    public init(id: ID, name: String, createdAt: Instant) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }
}

extension Transaction {
    /// The oldest organization: the default one.
    public func firstOrganization() throws -> Organization? {
        try first("SELECT id, name, createdAt FROM organization ORDER BY createdAt, id LIMIT 1") { row in
            Organization(id: try row[0], name: try row[1], createdAt: try row[2])
        }
    }

    /// Makes other transactions that hold the same organization wait until this one has ended.
    public func hold(_ organization: Organization.ID) throws {
        try execute("UPDATE organization SET name = name WHERE id = ?", organization)
    }

    public func insert(_ organization: Organization) throws {
        try execute(
            "INSERT INTO organization (id, name, createdAt) VALUES (?, ?, ?)",
            organization.id,
            organization.name,
            organization.createdAt
        )
    }
}
