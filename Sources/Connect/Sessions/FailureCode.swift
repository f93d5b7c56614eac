/// Why an attempt to connect did not work: stable, part of the API, and the key to what a person reads.
public enum FailureCode: String, Sendable, CaseIterable {
    case accessDenied = "access_denied"
    case authorizationExpired = "authorization_expired"
    case cancelled
    case conflict
    case credentialsRejected = "credentials_rejected"
    case identityNotProven = "identity_not_proven"
    case interrupted
    case invalidCharacters = "invalid_characters"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case invalidInput = "invalid_input"
    case invalidResponse = "invalid_response"
    case invalidScope = "invalid_scope"
    case issuerMismatch = "issuer_mismatch"
    case misconfigured
    case noAnswer = "no_answer"
    case notConfirmed = "not_confirmed"
    case notSaved = "not_saved"
    case nothingToConnect = "nothing_to_connect"
    case overloaded
    case providerError = "provider_error"
    case providerTimeout = "provider_timeout"
    case providerUnavailable = "provider_unavailable"
    case providerUnreachable = "provider_unreachable"
    case redirectURIMismatch = "redirect_uri_mismatch"
    case revoked
    case sessionExpired = "session_expired"

    /// One plain sentence or two, in English, for whoever calls the API; `provider` is its display name.
    public func sentence(_ provider: String) -> String {
        switch self {
        case .accessDenied: "\(provider) says that access was not allowed. Nothing was connected."
        case .authorizationExpired: "A sign-in must be finished within ten minutes. Nothing was connected."
        case .cancelled: "You left before \(provider) was connected."
        case .conflict: "The same connection was changed in another window at the same moment."
        case .credentialsRejected: "\(provider) answered that what you entered is not valid."
        case .identityNotProven: "\(provider) could not prove who signed in, so the answer was refused."
        case .interrupted: "The connection to \(provider) was cut before it had answered. Nothing was connected."
        case .invalidCharacters: "What you entered contains characters that \(provider) never uses."
        case .invalidClient: "\(provider) does not accept the registration of this app."
        case .invalidGrant: "\(provider) did not accept the sign-in: it took too long, or was used before."
        case .invalidInput: "What you entered does not make a valid address for \(provider)."
        case .invalidResponse: "\(provider) answered in a way that could not be understood. Nothing was connected."
        case .invalidScope: "\(provider) does not offer what this app asks for."
        case .issuerMismatch: "The answer did not come from \(provider), so it was refused."
        case .misconfigured: "\(provider) cannot be asked the way it is set up here."
        case .noAnswer: "\(provider) sent you back without saying whether you agreed."
        case .notConfirmed: "The app must confirm every connection, and did not do so in time. Nothing was connected."
        case .notSaved: "\(provider) agreed, but the connection could not be saved just now."
        case .nothingToConnect: "Your \(provider) account has nothing that could be connected."
        case .overloaded: "Too many people are connecting \(provider) just now."
        case .providerError: "\(provider) reported an error of its own. Nothing was connected."
        case .providerTimeout: "\(provider) did not answer in time. Nothing was connected."
        case .providerUnavailable: "\(provider) cannot answer just now. Nothing was connected."
        case .providerUnreachable: "\(provider) could not be reached just now. Nothing was connected."
        case .redirectURIMismatch: "\(provider) does not know the address to which this app wants you back."
        case .revoked: "The app you came from withdrew the link."
        case .sessionExpired: "Links work for a limited time, and the time of this one is over."
        }
    }
}
