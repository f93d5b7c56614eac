internal import Storage
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

extension ConnectionEventType {
    fileprivate var status: Activity.Status { self == .recovered || self == .reconnected ? .success : .failure }
}

/// A turn of a connection's life, and the same for the audit log.
struct ConnectionTurn {
    let event: ConnectionEvent
    let entry: Activity
}

extension Portal {
    /// What happens now, by itself unless somebody caused it.
    func turn(
        _ type: ConnectionEventType,
        of connection: Connection,
        by actor: Activity.Party = .portal,
        _ detail: JSON.Object = [:]
    ) -> ConnectionTurn {
        ConnectionTurn(
            event: ConnectionEvent(
                id: newID(),
                connectionID: connection.id,
                at: now(),
                type: type.rawValue,
                detail: .object(detail)
            ),
            entry: entry(
                .of(type),
                by: actor,
                on: .connection(connection.id),
                of: connection.organizationID,
                in: connection.workspaceID,
                type.status,
                detail
            )
        )
    }

    func record(_ turn: ConnectionTurn, in transaction: Transaction) throws {
        try transaction.insert(turn.event)
        try record(turn.entry, in: transaction)
    }
}
