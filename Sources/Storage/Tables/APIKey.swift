public import Foundation
public import StrictJSON

/// A key with which a backend calls the API; the key itself is not stored, only its SHA-256.
public struct APIKey: Sendable {
    public typealias ID = Identifier<APIKey>

    public let id: ID
    public let organizationID: Organization.ID
    public let name: String
    /// The first characters, to tell keys apart.
    public let keyPrefix: String
    /// As given when the key was made; nothing = everything.
    public var permissions: JSON?
    public var lastUsedAt: Instant?
    public var expiresAt: Instant?
    public let createdAt: Instant

    public init(
        id: ID,
        organizationID: Organization.ID,
        name: String,
        keyPrefix: String,
        permissions: JSON? = nil,
        lastUsedAt: Instant? = nil,
        expiresAt: Instant? = nil,
        createdAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.keyPrefix = keyPrefix
        self.permissions = permissions
        self.lastUsedAt = lastUsedAt
        self.expiresAt = expiresAt
        self.createdAt = createdAt
    }

    fileprivate static let columns =
        "id, organizationId, name, keyPrefix, permissions, lastUsedAt, expiresAt, createdAt"

    fileprivate init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        name = try row[2]
        keyPrefix = try row[3]
        permissions = try row[4]
        lastUsedAt = try row[5]
        expiresAt = try row[6]
        createdAt = try row[7]
    }
}

extension Transaction {
    public func apiKey(hash: Data) throws -> APIKey? {
        try first("SELECT \(APIKey.columns) FROM apiKey WHERE hash = ?", hash, as: APIKey.init)
    }

    /// Newest first.
    public func apiKeys(of organization: Organization.ID, _ page: ListPage = .all) throws -> Listing<APIKey> {
        try list(
            "SELECT \(APIKey.columns) FROM apiKey",
            from: "apiKey",
            where: Conditions(organization),
            page,
            as: APIKey.init
        )
    }

    public func apiKeyCount(of organization: Organization.ID) throws -> Int {
        try count("apiKey", where: Conditions(organization))
    }

    public func insert(_ key: APIKey, hash: Data) throws {
        try execute(
            "INSERT INTO apiKey (\(APIKey.columns), hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            key.id,
            key.organizationID,
            key.name,
            key.keyPrefix,
            key.permissions,
            key.lastUsedAt,
            key.expiresAt,
            key.createdAt,
            hash
        )
    }

    /// Tells whether there was such a key.
    public func deleteAPIKey(_ id: APIKey.ID, of organization: Organization.ID) throws -> Bool {
        try execute("DELETE FROM apiKey WHERE organizationId = ? AND id = ?", organization, id) == 1
    }

    /// Notes a use, at most once in a while.
    public func touchAPIKey(_ id: APIKey.ID, at now: Instant, ifBefore earlier: Instant) throws {
        try execute(
            "UPDATE apiKey SET lastUsedAt = ? WHERE id = ? AND (lastUsedAt IS NULL OR lastUsedAt < ?)",
            now,
            id,
            earlier
        )
    }
}
