public import Storage
internal import StrictJSON

/// What happens to a connection after it was made, by the name that the timeline shows.
public enum ConnectionEventType: String, Sendable, CaseIterable {
    /// The access token expired and the provider gives no other just now; it is tried again.
    case refreshFailing = "refresh_failing"
    /// The provider does not accept the OAuth app any more; it is tried again.
    case oauthAppRejected = "oauth_app_rejected"
    /// The person has to sign in again.
    case reauthorizationRequired = "reauthorization_required"
    /// The answer to a refresh was lost, and the old token works no more.
    case refreshOutcomeUnknown = "refresh_outcome_unknown"
    case accountMismatch = "account_mismatch"
    case expired
    /// It works again, by itself.
    case recovered
    /// The person signed in again.
    case reconnected

    init(_ reason: Connection.Reason) {
        self =
            switch reason {
            case .reauthorizationRequired: .reauthorizationRequired
            case .refreshFailing: .refreshFailing
            case .refreshOutcomeUnknown: .refreshOutcomeUnknown
            case .oauthAppRejected: .oauthAppRejected
            case .accountMismatch: .accountMismatch
            case .expired: .expired
            }
    }
}

extension Portal {
    func event(
        _ type: ConnectionEventType,
        of connection: Connection.ID,
        _ detail: JSON.Object = [:]
    ) -> ConnectionEvent {
        ConnectionEvent(
            id: newID(),
            connectionID: connection,
            at: now(),
            type: type.rawValue,
            detail: .object(detail)
        )
    }

    /// The latest turns of a connection's life.
    public func events(of connection: Connection) async throws -> [ConnectionEvent] {
        try await store.read { try $0.events(of: connection.id, limit: 100) }
    }
}
