internal import OAuth
internal import Outbound
internal import StrictJSON

/// Why an attempt to connect did not work, with facts for the timeline.
struct ConnectFailure: Error {
    let code: FailureCode
    /// The provider's display name.
    let provider: String
    let detail: JSON.Object

    init(_ code: FailureCode, _ provider: String, detail: JSON.Object = [:]) {
        self.code = code
        self.provider = provider
        var detail = detail
        detail["code"] = .string(code.rawValue)
        self.detail = detail
    }

    var sentence: String { code.sentence(provider) }
}

extension ConnectFailure {
    /// What any error of a conversation with a provider means for the person.
    init(_ error: any Error, provider: String) {
        switch error {
        case let error as ConnectFailure: self = error
        case let error as OAuthError: self.init(error, provider: provider)
        case let error as TransportError: self.init(error, provider: provider)
        default: self.init(.misconfigured, provider, detail: ["fault": .string("\(error)".displayed)])
        }
    }

    /// What an OAuth error means for the person.
    init(_ error: OAuthError, provider: String) {
        switch error {
        case .provider(let error): self.init(error, provider: provider)
        case .malformedCallback, .missingCode: self.init(.noAnswer, provider)
        case .issuerMismatch: self.init(.issuerMismatch, provider)
        case .tokenEndpointStatus(let status):
            self.init(.providerUnavailable, provider, detail: ["status": JSON(status)])
        case .malformedTokenResponse(let fault):
            self.init(.invalidResponse, provider, detail: ["fault": .string(fault.rawValue)])
        case .pushRefused(let status):
            let code: FailureCode = status == 401 ? .invalidClient : .providerUnavailable
            self.init(code, provider, detail: ["status": JSON(status)])
        case .unusableKey(let fault):
            self.init(.misconfigured, provider, detail: ["fault": .string("\(fault)")])
        case .invalidEndpoint: self.init(.misconfigured, provider)
        }
    }

    /// By the codes of RFC 6749 §4.1.2.1 and §5.2, and those that providers made up.
    private init(_ error: ProviderError, provider: String) {
        var detail: JSON.Object = ["providerError": .string(error.code)]
        if let description = error.description { detail["providerDescription"] = .string(description) }
        let code: FailureCode =
            switch error.code {
            case "access_denied": .accessDenied
            case "invalid_scope": .invalidScope
            case "invalid_client", "unauthorized_client", "incorrect_client_credentials": .invalidClient
            case "redirect_uri_mismatch": .redirectURIMismatch
            case "invalid_grant", "bad_verification_code", "invalid_code": .invalidGrant
            case "temporarily_unavailable", "server_error", "slow_down": .providerUnavailable
            default: .providerError
            }
        self.init(code, provider, detail: detail)
    }

    /// What a failed exchange means for the person.
    init(_ error: TransportError, provider: String) {
        let code: FailureCode =
            switch error {
            case .timedOut, .connectTimedOut: .providerTimeout
            case .overloaded: .overloaded
            case .cancelled, .shutDown: .interrupted
            case .headersTooLarge, .bodyTooLarge, .malformedResponse: .invalidResponse
            case .invalidURL, .invalidHeader, .misconfigured: .misconfigured
            case .addressNotAllowed, .nameNotResolved, .connectionFailed, .connectionLost, .tlsFailed:
                .providerUnreachable
            }
        self.init(code, provider, detail: ["transport": .string("\(error.told)")])
    }
}

extension TransportError {
    /// What people are told: who may type an address must not learn from it which names and addresses there are on the
    /// inside.
    ///
    /// The log has the error itself.
    var told: TransportError {
        switch self {
        case .addressNotAllowed, .nameNotResolved: .connectionFailed
        default: self
        }
    }
}
