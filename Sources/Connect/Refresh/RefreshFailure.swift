internal import OAuth
internal import Outbound
internal import Storage

/// Why a refresh did not work, and what that means for the connection.
struct RefreshFailure: Error {
    let kind: Kind
    /// One word for people who look: the provider's error code, or what became of the exchange.
    let word: String

    enum Kind: Equatable {
        /// The provider ended the grant: nothing but a new sign-in helps.
        case grantEnded
        /// The provider does not accept the OAuth app, or it is gone; the grant may be as good as ever.
        case appRefused
        /// The provider did not do it this time; `retryAfter` is what it asked for, in seconds.
        case temporary(retryAfter: Int?)
        /// The request left and its outcome is not known: the provider may have replaced the refresh token.
        case outcomeUnknown
        /// There is nothing to renew with.
        case notRenewable
    }

    static let notRenewable = RefreshFailure(kind: .notRenewable, word: "no_refresh_token")
    static let noApp = RefreshFailure(kind: .appRefused, word: "no_oauth_app")
}

extension RefreshFailure {
    /// By a table, not by the status alone.
    ///
    /// Real servers answer a dead refresh token with an empty 400, or a replay with a 500: nothing but an error that says
    /// so ends a grant.
    init(_ error: any Error, _ response: HTTPResponseMessage?, now: Instant) {
        let later = Kind.temporary(retryAfter: response?.secondsToWait(from: now))
        switch error {
        case let error as RefreshFailure: self = error
        case let error as TransportError:
            self.init(kind: error.mayHaveReachedServer ? .outcomeUnknown : later, word: "\(error.told)")
        case OAuthError.provider(let error): self.init(kind: Self.told(error.code) ?? later, word: error.code)
        case OAuthError.unusableKey(let fault): self.init(kind: .appRefused, word: "\(fault)")
        case OAuthError.tokenEndpointStatus(let status):
            self.init(
                kind: status == 401 ? .appRefused : [500, 502, 504].contains(status) ? .outcomeUnknown : later,
                word: "status_\(status)"
            )
        case OAuthError.malformedTokenResponse(let fault): self.init(kind: .outcomeUnknown, word: fault.rawValue)
        default: self.init(kind: .temporary(retryAfter: nil), word: "misconfigured")
        }
    }

    /// RFC 6749 §5.2, and the codes that providers made up.
    private static func told(_ code: String) -> Kind? {
        switch code.lowercased() {
        case "invalid_grant", "invalid_refresh_token", "bad_refresh_token", "token_revoked", "token_expired",
            "invalid_token", "expired_token":
            .grantEnded
        case "invalid_client", "unauthorized_client", "invalid_client_id", "incorrect_client_credentials": .appRefused
        default: nil
        }
    }
}

extension HTTPResponseMessage {
    /// What `Retry-After` asks for, in seconds, at most a day; it may be a date (RFC 9110 §10.2.3).
    func secondsToWait(from now: Instant) -> Int? {
        guard let retryAfter else { return nil }
        let seconds = Int(retryAfter) ?? Instant(httpDate: retryAfter).map { Int(clamping: $0.seconds - now.seconds) }
        return seconds.map { min(max($0, 0), 86400) }
    }
}
