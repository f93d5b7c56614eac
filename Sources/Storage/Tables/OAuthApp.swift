public import Foundation
public import StrictJSON

/// An organization's own registration at a provider; the client secret is sealed.
public struct OAuthApp: Sendable {
    public typealias ID = Identifier<OAuthApp>

    public let id: ID
    public let organizationID: Organization.ID
    public let integrationName: String
    public var displayName: String
    public var clientID: String
    /// Sealed at `place(of:)`.
    public var clientSecret: Data?
    public var scopes: [String]?
    public var authorizationURL: String?
    public var tokenURL: String?
    public var extraParams: JSON
    public let createdAt: Instant
    public var updatedAt: Instant

    public init(
        id: ID,
        organizationID: Organization.ID,
        integrationName: String,
        displayName: String,
        clientID: String,
        clientSecret: Data?,
        scopes: [String]? = nil,
        authorizationURL: String? = nil,
        tokenURL: String? = nil,
        extraParams: JSON = [:],
        createdAt: Instant,
        updatedAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.integrationName = integrationName
        self.displayName = displayName
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
        self.authorizationURL = authorizationURL
        self.tokenURL = tokenURL
        self.extraParams = extraParams
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Where the client secret of an app is sealed.
    public static func secretPlace(_ id: ID, of organization: Organization.ID) -> SealedPlace {
        SealedPlace(organization: organization.rawValue, table: "oauthApp", row: id.rawValue, field: "clientSecret")
    }

    fileprivate static let columns = """
        id, organizationId, integrationName, displayName, clientId, clientSecret, scopes,
        authorizationUrl, tokenUrl, extraParams, createdAt, updatedAt
        """

    fileprivate init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        integrationName = try row[2]
        displayName = try row[3]
        clientID = try row[4]
        clientSecret = try row[5]
        scopes = try row[6]
        authorizationURL = try row[7]
        tokenURL = try row[8]
        extraParams = try row[9]
        createdAt = try row[10]
        updatedAt = try row[11]
    }
}

extension Transaction {
    public func oauthApp(_ id: OAuthApp.ID, of organization: Organization.ID) throws -> OAuthApp? {
        try first(
            "SELECT \(OAuthApp.columns) FROM oauthApp WHERE organizationId = ? AND id = ?",
            organization,
            id,
            as: OAuthApp.init
        )
    }

    /// The organization's newest app for an integration.
    public func oauthApp(for integration: String, of organization: Organization.ID) throws -> OAuthApp? {
        try first(
            """
            SELECT \(OAuthApp.columns) FROM oauthApp
            WHERE organizationId = ? AND integrationName = ? ORDER BY createdAt DESC, id LIMIT 1
            """,
            organization,
            integration,
            as: OAuthApp.init
        )
    }

    /// Newest first.
    public func oauthApps(
        of organization: Organization.ID,
        for integration: String? = nil,
        _ page: ListPage = .all
    )
        throws -> Listing<OAuthApp>
    {
        var conditions = Conditions(organization)
        conditions.require("integrationName", integration)
        return try list(
            "SELECT \(OAuthApp.columns) FROM oauthApp",
            from: "oauthApp",
            where: conditions,
            page,
            as: OAuthApp.init
        )
    }

    public func update(_ app: OAuthApp) throws {
        try execute(
            """
            UPDATE oauthApp SET displayName = ?, clientId = ?, clientSecret = ?, scopes = ?, authorizationUrl = ?,
                tokenUrl = ?, extraParams = ?, updatedAt = ?
            WHERE organizationId = ? AND id = ?
            """,
            app.displayName,
            app.clientID,
            app.clientSecret,
            app.scopes,
            app.authorizationURL,
            app.tokenURL,
            app.extraParams,
            app.updatedAt,
            app.organizationID,
            app.id
        )
    }

    public func deleteOAuthApp(_ id: OAuthApp.ID, of organization: Organization.ID) throws -> Bool {
        try execute("DELETE FROM oauthApp WHERE organizationId = ? AND id = ?", organization, id) == 1
    }

    public func insert(_ app: OAuthApp) throws {
        try execute(
            "INSERT INTO oauthApp (\(OAuthApp.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            app.id,
            app.organizationID,
            app.integrationName,
            app.displayName,
            app.clientID,
            app.clientSecret,
            app.scopes,
            app.authorizationURL,
            app.tokenURL,
            app.extraParams,
            app.createdAt,
            app.updatedAt
        )
    }
}
