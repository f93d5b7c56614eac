/// Something to be counted; it never tells of whom.
public enum Happening: Sendable, Equatable {
    case sessionCreated
    case sessionCompleted
    /// Ended without a connection; the code is a `FailureCode`'s.
    case sessionFailed(code: String)
    /// A person may try again.
    case attemptFailed(FailureCode)
    /// One attempt to renew tokens.
    case refreshed(integration: String, RefreshOutcome)
}

/// How an attempt to renew tokens ended.
public enum RefreshOutcome: String, Sendable, CaseIterable {
    case renewed
    case grantEnded = "grant_ended"
    case appRefused = "app_refused"
    case temporary
    case outcomeUnknown = "outcome_unknown"
    case notRenewable = "not_renewable"
    case connectionGone = "connection_gone"
    /// The provider answered and the database failed.
    case notStored = "not_stored"

    init(_ failure: RefreshFailure.Kind) {
        self =
            switch failure {
            case .grantEnded: .grantEnded
            case .appRefused: .appRefused
            case .temporary: .temporary
            case .outcomeUnknown: .outcomeUnknown
            case .notRenewable: .notRenewable
            }
    }
}
