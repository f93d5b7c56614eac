internal import Logging
internal import Storage
internal import StrictJSON

/// The kinds of things that happen to a connect session, as its timeline names them.
enum SessionEventType: String {
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

extension Portal {
    func event(_ type: SessionEventType, of session: ConnectSession, _ detail: JSON.Object = [:]) -> SessionEvent {
        SessionEvent(id: newID(), sessionID: session.id, at: now(), type: type.rawValue, detail: .object(detail))
    }

    /// Writes down an attempt that did not work; the session stays open and the person may try again.
    func record(_ failure: ConnectFailure, as type: SessionEventType, of session: ConnectSession) async throws {
        let event = event(type, of: session, failure.detail)
        try await store.write { transaction in
            try transaction.note(session.id, error: failure.sentence, code: failure.code.rawValue)
            try transaction.insert(event)
        }
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
