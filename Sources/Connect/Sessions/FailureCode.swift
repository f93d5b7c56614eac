/// Why an attempt to connect did not work: stable, part of the API, and the key to what a person reads.
public enum FailureCode: String, Sendable, CaseIterable {
    case accessDenied = "access_denied"
    case authorizationExpired = "authorization_expired"
    case cancelled
    case conflict
    case credentialsRejected = "credentials_rejected"
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
    case notSaved = "not_saved"
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
        case .accessDenied: "You chose not to share your \(provider) account. Nothing was connected."
        case .authorizationExpired: "The sign-in took too long. Please try again."
        case .cancelled: "Nothing was connected."
        case .conflict: "This account was connected in another window at the same moment. Please try again."
        case .credentialsRejected: "\(provider) did not accept this. Please check what you entered and try again."
        case .interrupted: "The sign-in was interrupted. Please try again."
        case .invalidCharacters: "What you entered contains characters that \(provider) never uses."
        case .invalidClient:
            "\(provider) does not accept this app's registration. Please tell the app you came from."
        case .invalidGrant: "The sign-in at \(provider) took too long or was used before. Please try again."
        case .invalidInput: "What you entered does not make a valid address for \(provider)."
        case .invalidResponse: "\(provider) answered in a way that could not be understood. Please try again."
        case .invalidScope: "\(provider) does not offer what this app asks for. Please tell the app you came from."
        case .issuerMismatch: "The answer did not come from \(provider), so it was refused. Please start again."
        case .misconfigured: "\(provider) is not set up correctly here. Please tell the app you came from."
        case .noAnswer: "\(provider) sent you back without an answer. Please try again."
        case .notSaved: "The connection could not be saved just now. Please try again in a moment."
        case .overloaded: "Too many people are connecting \(provider) just now. Please try again in a moment."
        case .providerError: "\(provider) could not complete the sign-in. Please try again."
        case .providerTimeout: "\(provider) took too long to answer. Please try again in a moment."
        case .providerUnavailable: "\(provider) is busy just now. Please try again in a moment."
        case .providerUnreachable: "\(provider) cannot be reached just now. Please try again in a moment."
        case .redirectURIMismatch:
            "This app is not registered correctly at \(provider). Please tell the app you came from."
        case .revoked: "The app you came from withdrew the link."
        case .sessionExpired: "The link has expired."
        }
    }
}
