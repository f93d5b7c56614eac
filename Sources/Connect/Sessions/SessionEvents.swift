internal import Logging
internal import Storage
internal import StrictJSON

/// The kinds of things that happen to a connect session, as its timeline names them.
enum SessionEventType: String, CaseIterable {
    case created
    case opened
    case formRejected = "form_rejected"
    case authorizationStarted = "authorization_started"
    case authorizationDenied = "authorization_denied"
    case authorizationFailed = "authorization_failed"
    case exchangeFailed = "exchange_failed"
    case accountUnknown = "account_unknown"
    case accountDiffers = "account_differs"
    case choiceAwaited = "choice_awaited"
    case confirmationAwaited = "confirmation_awaited"
    case notConfirmed = "not_confirmed"
    case notDecided = "not_decided"
    case completed
    case cancelled
    case revoked

    /// How a trip to a provider can end.
    static let outcomes = [
        authorizationDenied, authorizationFailed, exchangeFailed, choiceAwaited, accountDiffers, confirmationAwaited,
        completed,
    ]
}

extension SessionEventType {
    /// Whether somebody tried something that did not work.
    fileprivate var isFailure: Bool {
        switch self {
        case .formRejected, .authorizationDenied, .authorizationFailed, .exchangeFailed, .notConfirmed, .notDecided:
            true
        default: false
        }
    }
}

/// A line of a session's timeline, and the same for the audit log.
struct SessionTurn {
    let event: SessionEvent
    let entry: Activity
}

extension Portal {
    /// What happens now, caused by the person of the session unless it was another.
    func turn(
        _ type: SessionEventType,
        of session: ConnectSession,
        by actor: Activity.Party? = nil,
        _ detail: JSON.Object = [:]
    ) -> SessionTurn {
        SessionTurn(
            event: SessionEvent(
                id: newID(),
                sessionID: session.id,
                at: now(),
                type: type.rawValue,
                detail: .object(detail)
            ),
            entry: entry(
                .of(type),
                by: actor ?? .endUser(session.endUserExternalID),
                on: .session(session.id),
                of: session.organizationID,
                in: session.workspaceID,
                type.isFailure ? .failure : .success,
                detail
            )
        )
    }

    func record(_ turn: SessionTurn, in transaction: Transaction) throws {
        try transaction.insert(turn.event)
        try record(turn.entry, in: transaction)
    }

    /// Writes down an attempt that did not work; the session stays open and the person may try again.
    func record(_ failure: ConnectFailure, as type: SessionEventType, of session: ConnectSession) async throws {
        let turn = turn(type, of: session, failure.detail)
        try await store.write { transaction in
            try transaction.note(session.id, error: failure.sentence, code: failure.code.rawValue)
            try record(turn, in: transaction)
        }
        observe(.attemptFailed(failure.code))
        log.notice(
            "connect attempt failed",
            metadata: [
                "session": "\(session.id)", "integration": "\(session.integrationName)",
                "code": "\(failure.code.rawValue)",
                "detail": "\(JSON.object(failure.detail).text)",
            ]
        )
    }
}
