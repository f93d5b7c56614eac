public import Foundation

/// A connected account: whose it is, how it stands, and its sealed credentials.
public struct Connection: Sendable {
    public typealias ID = Identifier<Connection>

    public let id: ID
    public let organizationID: Organization.ID
    public let workspaceID: Workspace.ID?
    public let endUserID: EndUser.ID?
    /// The end user's id in the app, for answers; read with the row, not written.
    public let endUserExternalID: String?
    public let externalID: String
    public let displayName: String
    public let integrationName: String
    public let authMethodKey: String
    public let type: Kind
    public let status: Status
    public let statusReason: String?
    public let scope: Scope
    public let accountID: String?
    public let accountLabel: String?
    public let grantedScopes: [String]
    /// Grows with every change of the credentials, and is part of what seals them.
    public let credentialVersion: Int
    public let oauthAppID: String?
    public let expiresAt: Instant?
    public let lastRefreshedAt: Instant?
    public let createdAt: Instant
    public let updatedAt: Instant

    public enum Kind: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        case secretText = "SECRET_TEXT"
        case basicAuth = "BASIC_AUTH"
        case customAuth = "CUSTOM_AUTH"
        case oauth2 = "OAUTH2"
        case platformOAuth2 = "PLATFORM_OAUTH2"
    }

    public enum Status: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        case active = "ACTIVE"
        case error = "ERROR"
    }

    public enum Scope: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        case organization = "ORGANIZATION"
        case workspace = "WORKSPACE"
        case user = "USER"
    }

    /// Where the credentials of a connection are sealed.
    public static func credentialsPlace(_ id: ID, of organization: Organization.ID, version: Int) -> SealedPlace {
        SealedPlace(
            organization: organization.rawValue,
            table: "connection",
            row: id.rawValue,
            field: "credentials",
            version: version
        )
    }
}

/// What a successful connect writes: the row without what the store keeps by itself.
public struct ConnectionDraft: Sendable {
    public var id: Connection.ID
    public var organizationID: Organization.ID
    public var workspaceID: Workspace.ID?
    public var endUserID: EndUser.ID?
    public var externalID: String
    public var displayName: String
    public var integrationName: String
    public var authMethodKey: String
    public var type: Connection.Kind
    public var scope: Connection.Scope
    public var accountID: String?
    public var accountLabel: String?
    public var grantedScopes: [String]
    public var credentials: Data
    public var credentialVersion: Int
    public var oauthAppID: String?
    public var expiresAt: Instant?

    public init(
        id: Connection.ID,
        organizationID: Organization.ID,
        workspaceID: Workspace.ID?,
        endUserID: EndUser.ID?,
        externalID: String,
        displayName: String,
        integrationName: String,
        authMethodKey: String,
        type: Connection.Kind,
        scope: Connection.Scope,
        accountID: String?,
        accountLabel: String?,
        grantedScopes: [String],
        credentials: Data,
        credentialVersion: Int,
        oauthAppID: String?,
        expiresAt: Instant?
    ) {
        self.id = id
        self.organizationID = organizationID
        self.workspaceID = workspaceID
        self.endUserID = endUserID
        self.externalID = externalID
        self.displayName = displayName
        self.integrationName = integrationName
        self.authMethodKey = authMethodKey
        self.type = type
        self.scope = scope
        self.accountID = accountID
        self.accountLabel = accountLabel
        self.grantedScopes = grantedScopes
        self.credentials = credentials
        self.credentialVersion = credentialVersion
        self.oauthAppID = oauthAppID
        self.expiresAt = expiresAt
    }
}
