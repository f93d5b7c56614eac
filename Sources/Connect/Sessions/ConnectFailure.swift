internal import OAuth
internal import Outbound
internal import StrictJSON

/// Why an attempt to connect did not work: a stable code, a plain sentence for the person, and facts for the timeline.
struct ConnectFailure: Error {
    let code: String
    let sentence: String
    let detail: JSON.Object

    init(_ code: String, _ sentence: String, detail: JSON.Object = [:]) {
        self.code = code
        self.sentence = sentence
        var detail = detail
        detail["code"] = .string(code)
        self.detail = detail
    }
}

extension ConnectFailure {
    /// What an OAuth error means for the person; `provider` is its display name.
    init(_ error: OAuthError, provider: String) {
        switch error {
        case .provider(let error): self.init(error, provider: provider)
        case .malformedCallback, .missingCode:
            self.init("invalid_response", "\(provider) sent you back without an answer. Please try again.")
        case .issuerMismatch:
            self.init(
                "issuer_mismatch",
                "The answer did not come from \(provider), so it was refused. Please start again."
            )
        case .tokenEndpointStatus(let status):
            self.init(
                "provider_unavailable",
                "\(provider) could not finish the sign-in just now. Please try again in a moment.",
                detail: ["status": JSON(status)]
            )
        case .malformedTokenResponse(let fault):
            self.init(
                "invalid_response",
                "\(provider) answered in a way that could not be understood. Please try again.",
                detail: ["fault": .string(fault.rawValue)]
            )
        case .invalidEndpoint:
            self.init("misconfigured", "\(provider) is not set up correctly here. Please tell the app you came from.")
        }
    }

    private init(_ error: ProviderError, provider: String) {
        var detail: JSON.Object = ["providerError": .string(error.code)]
        if let description = error.description { detail["providerDescription"] = .string(description) }
        let (code, sentence) =
            switch error.code {
            case "access_denied":
                ("access_denied", "You chose not to share your \(provider) account. Nothing was connected.")
            case "invalid_scope":
                (
                    "invalid_scope",
                    "\(provider) does not offer what this app asks for. Please tell the app you came from."
                )
            case "invalid_client", "unauthorized_client", "incorrect_client_credentials":
                (
                    "invalid_client",
                    "\(provider) does not accept this app's registration. Please tell the app you came from."
                )
            case "redirect_uri_mismatch":
                (
                    "redirect_uri_mismatch",
                    "This app is not registered correctly at \(provider). Please tell the app you came from."
                )
            case "invalid_grant", "bad_verification_code", "invalid_code":
                ("invalid_grant", "The sign-in at \(provider) took too long or was used before. Please try again.")
            case "temporarily_unavailable", "server_error", "slow_down":
                ("provider_unavailable", "\(provider) is busy just now. Please try again in a moment.")
            default:
                ("provider_error", "\(provider) could not complete the sign-in. Please try again.")
            }
        self.init(code, sentence, detail: detail)
    }

    /// What a failed exchange means for the person.
    init(_ error: TransportError, provider: String) {
        let (code, sentence) =
            switch error {
            case .timedOut, .connectTimedOut:
                ("provider_timeout", "\(provider) took too long to answer. Please try again in a moment.")
            case .overloaded:
                ("overloaded", "Too many people are connecting \(provider) just now. Please try again in a moment.")
            case .cancelled, .shutDown:
                ("interrupted", "The sign-in was interrupted. Please try again.")
            case .headersTooLarge, .bodyTooLarge, .malformedResponse:
                ("invalid_response", "\(provider) answered in a way that could not be understood. Please try again.")
            case .invalidURL, .invalidHeader, .addressNotAllowed, .misconfigured:
                ("provider_unreachable", "\(provider) cannot be reached from here. Please tell the app you came from.")
            case .nameNotResolved, .connectionFailed, .connectionLost, .tlsFailed:
                ("provider_unreachable", "\(provider) cannot be reached just now. Please try again in a moment.")
            }
        self.init(code, sentence, detail: ["transport": .string("\(error)")])
    }
}
