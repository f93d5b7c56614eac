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
    public let statusReason: Reason?
    public let scope: Scope
    public let accountID: String?
    public let accountLabel: String?
    public let grantedScopes: [String]
    /// Grows with every change of the credentials, and is part of what seals them.
    public let credentialVersion: Int
    public let oauthAppID: String?
    public let expiresAt: Instant?
    public let lastRefreshedAt: Instant?
    /// How the renewal of its tokens stands; nothing where there is none.
    public let refreshing: Refreshing?
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

    /// Why the status is `ERROR`.
    public enum Reason: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        /// The provider ended the grant; the person has to sign in again.
        case reauthorizationRequired = "reauthorization_required"
        /// The access token expired, and the provider cannot be asked for another just now.
        case refreshFailing = "refresh_failing"
        /// The provider ended the grant after a refresh whose answer never came.
        case refreshOutcomeUnknown = "refresh_outcome_unknown"
        /// The access token expired, and the provider does not accept the OAuth app.
        case oauthAppRejected = "oauth_app_rejected"
        /// A refresh brought somebody else's tokens.
        case accountMismatch = "account_mismatch"
        /// The access token expired, and there is nothing to renew it with.
        case expired
    }

    /// How the renewal of a connection's tokens stands.
    public struct Refreshing: Sendable {
        /// From when on it is tried; nothing where that would be in vain.
        public let dueAt: Instant?
        /// How many attempts in a row did not work.
        public let failures: Int
        /// Why the last one did not, in a word.
        public let lastError: String?
        /// A request was sent, and whether the provider replaced the tokens is not known.
        public let isOutcomeUnknown: Bool
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
    /// When the credentials are to be renewed; nothing = never.
    public var renewalDue: Instant?

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
        expiresAt: Instant?,
        renewalDue: Instant? = nil
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
        self.renewalDue = renewalDue
    }
}
