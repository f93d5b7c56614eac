public import Foundation
public import StrictJSON

/// One attempt of an app to have one account connected; the signed connect token names it.
public struct ConnectSession: Sendable {
    public typealias ID = Identifier<ConnectSession>

    public let id: ID
    public let organizationID: Organization.ID
    public let workspaceID: Workspace.ID
    public let workspaceIntegrationID: String?
    public let integrationName: String
    /// The way of connecting, where the app fixed it.
    public let authMethodKey: String?
    public let oauthAppMode: String?
    public let oauthAppID: String?
    public let connectionName: String
    public let externalID: String
    /// The end user's id in the app.
    public let endUserExternalID: String?
    public let scope: Connection.Scope
    public let successRedirectURI: String?
    public let errorRedirectURI: String?
    /// Origins that may receive the popup's message.
    public let allowedOrigins: [String]
    /// Instead of the definition's scopes.
    public let scopes: [String]?
    public let locale: String?
    public let metadata: JSON
    /// The connection that success updates in place.
    public let reconnectID: Connection.ID?
    /// Whether the app's backend must confirm who connected before there is a connection.
    public let needsConfirmation: Bool
    public let createdAt: Instant
    public let expiresAt: Instant

    // What changes.
    public var status: Status
    public var connectionID: Connection.ID?
    public var error: String?
    public var errorCode: String?
    /// SHA-256 of the cookie of the browser that the session is bound to.
    public var browserHash: Data?
    public var openerOrigin: String?
    public var isPopup: Bool
    public var endedAt: Instant?
    /// Whose decision about what was found is awaited, and how long.
    public var awaiting: Decider?
    public var awaitingUntil: Instant?

    public enum Status: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        /// Minted; nobody has pressed anything.
        case pending = "PENDING"
        /// The person has begun.
        case connecting = "CONNECTING"
        case completed = "COMPLETED"
        /// Given up, expired or revoked.
        case failed = "FAILED"
    }

    /// Who decides about a connection that is held.
    public enum Decider: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        /// Another account than before was found.
        case person = "PERSON"
        /// The backend says whether it was its user who connected.
        case app = "APP"
    }

    public init(
        id: ID,
        organizationID: Organization.ID,
        workspaceID: Workspace.ID,
        workspaceIntegrationID: String?,
        integrationName: String,
        authMethodKey: String?,
        oauthAppMode: String?,
        oauthAppID: String?,
        connectionName: String,
        externalID: String,
        endUserExternalID: String?,
        scope: Connection.Scope,
        successRedirectURI: String?,
        errorRedirectURI: String?,
        allowedOrigins: [String],
        scopes: [String]?,
        locale: String?,
        metadata: JSON,
        reconnectID: Connection.ID?,
        needsConfirmation: Bool,
        createdAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.organizationID = organizationID
        self.workspaceID = workspaceID
        self.workspaceIntegrationID = workspaceIntegrationID
        self.integrationName = integrationName
        self.authMethodKey = authMethodKey
        self.oauthAppMode = oauthAppMode
        self.oauthAppID = oauthAppID
        self.connectionName = connectionName
        self.externalID = externalID
        self.endUserExternalID = endUserExternalID
        self.scope = scope
        self.successRedirectURI = successRedirectURI
        self.errorRedirectURI = errorRedirectURI
        self.allowedOrigins = allowedOrigins
        self.scopes = scopes
        self.locale = locale
        self.metadata = metadata
        self.reconnectID = reconnectID
        self.needsConfirmation = needsConfirmation
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        status = .pending
        isPopup = false
    }
}
