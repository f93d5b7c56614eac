/// What an entry of the audit log is about, as `object.what happened`.
public struct ActivityType: RawRepresentable, Sendable, Hashable, CaseIterable {
    public let rawValue: String

    /// Nothing for a text that names no type.
    public init?(rawValue: String) {
        guard Self.names.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ name: String) { rawValue = name }

    static let apiKeyCreated = ActivityType("api_key.created")
    static let apiKeyRevoked = ActivityType("api_key.revoked")
    /// A key that is unknown or has expired; once a minute for each address.
    static let apiKeyRefused = ActivityType("api_key.refused")
    static let workspaceCreated = ActivityType("workspace.created")
    static let workspaceUpdated = ActivityType("workspace.updated")
    static let workspaceDeleted = ActivityType("workspace.deleted")
    static let integrationAdded = ActivityType("workspace_integration.created")
    static let integrationUpdated = ActivityType("workspace_integration.updated")
    static let integrationRemoved = ActivityType("workspace_integration.deleted")
    static let oauthAppCreated = ActivityType("oauth_app.created")
    static let oauthAppUpdated = ActivityType("oauth_app.updated")
    static let oauthAppDeleted = ActivityType("oauth_app.deleted")
    static let endUserCreated = ActivityType("end_user.created")
    static let endUserUpdated = ActivityType("end_user.updated")
    static let endUserDeleted = ActivityType("end_user.deleted")
    static let endUserLinked = ActivityType("end_user.link_created")
    static let endUserInvited = ActivityType("end_user.invited")
    static let connectionCreated = ActivityType("connection.created")
    static let connectionRenamed = ActivityType("connection.renamed")
    static let connectionDeleted = ActivityType("connection.deleted")
    /// A grant was ended at its provider, or could not be in a day.
    static let grantEnded = ActivityType("connection.grant_ended")
    static let connectionRefreshed = ActivityType("connection.refreshed")
    /// Somebody got credentials in clear, or was refused them.
    static let credentialsRead = ActivityType("connection.credentials_read")
    /// The app's backend said that it was its own user.
    static let sessionConfirmed = ActivityType("session.confirmed")
    /// The answer to a request with an `Idempotency-Key` was given once more.
    static let answerRepeated = ActivityType("answer.repeated")
    /// What came back to the redirection endpoint belongs to no sign-in of that browser; once a minute for each address.
    static let callbackRefused = ActivityType("callback.refused")
    static let encryptionKeysRotated = ActivityType("encryption_keys.rotated")
    static let refreshesPaused = ActivityType("refreshes.paused")
    static let refreshesResumed = ActivityType("refreshes.resumed")
    static let issuerAccepted = ActivityType("issuer.accepted")
    static let serverStarted = ActivityType("server.started")
    static let activityPruned = ActivityType("activity.pruned")

    /// Sorted by name.
    public static let allCases = names.sorted().map { ActivityType($0) }

    static func of(_ event: SessionEventType) -> ActivityType { ActivityType("session.\(event.rawValue)") }
    static func of(_ event: ConnectionEventType) -> ActivityType { ActivityType("connection.\(event.rawValue)") }

    private static let names = Set(
        ([
            apiKeyCreated, apiKeyRevoked, apiKeyRefused, workspaceCreated, workspaceUpdated, workspaceDeleted,
            integrationAdded, integrationUpdated, integrationRemoved, oauthAppCreated, oauthAppUpdated,
            oauthAppDeleted, endUserCreated, endUserUpdated, endUserDeleted, endUserLinked, endUserInvited,
            connectionCreated, connectionRenamed, connectionDeleted, grantEnded, connectionRefreshed, credentialsRead,
            sessionConfirmed, answerRepeated, callbackRefused, encryptionKeysRotated, refreshesPaused, refreshesResumed,
            issuerAccepted,
            serverStarted, activityPruned,
        ] + SessionEventType.allCases.map(of) + ConnectionEventType.allCases.map(of)).map(\.rawValue)
    )
}
