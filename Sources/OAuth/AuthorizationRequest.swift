/// The authorization request (RFC 6749 §4.1.1): the address to which the person's browser is sent.
public struct AuthorizationRequest: Sendable {
    public var provider: OAuthProvider
    public var clientID: String
    public var redirectURI: String
    public var scopes: [String]
    public var state: String
    public var codeChallenge: String?
    /// OpenID Connect Core §3.1.2.1; sent when `openid` is among the scopes.
    public var nonce: String?

    public init(
        provider: OAuthProvider,
        clientID: String,
        redirectURI: String,
        scopes: [String],
        state: String,
        codeChallenge: String?,
        nonce: String?
    ) {
        self.provider = provider
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.state = state
        self.codeChallenge = codeChallenge
        self.nonce = nonce
    }

    /// Names that a definition's extra parameters must not carry, so that each occurs exactly once.
    public static let reservedParameters: Set<String> = [
        "response_type", "client_id", "redirect_uri", "state", "scope", "nonce", "code_challenge",
        "code_challenge_method", "request", "request_uri", "response_mode",
    ]

    /// The address, with the endpoint's own query kept (RFC 6749 §3.1).
    ///
    /// Throws `OAuthError.invalidEndpoint` where the endpoint is not a plain http(s) address, or has a parameter of the
    /// protocol in its own query.
    public func url() throws(OAuthError) -> String {
        try endpoint.adding(parameters)
    }

    /// The address for a request that was pushed before (RFC 9126 §4): it carries nothing but the reference.
    public func url(pushedAs requestURI: String) throws(OAuthError) -> String {
        try endpoint.adding(FormParameters([(name("client_id"), clientID), ("request_uri", requestURI)]))
    }

    var parameters: FormParameters {
        var parameters = FormParameters()
        parameters.append(name("response_type"), "code")
        parameters.append(name("client_id"), clientID)
        parameters.append(name("redirect_uri"), redirectURI)
        if !scopes.isEmpty {
            parameters.append(provider.scopeParameter, scopes.joined(separator: provider.scopeSeparator))
        }
        parameters.append(name("state"), state)
        if let codeChallenge {
            parameters.append("code_challenge", codeChallenge)
            parameters.append("code_challenge_method", PKCEMethod.s256.rawValue)
        }
        if provider.responseMode != .query { parameters.append("response_mode", provider.responseMode.rawValue) }
        if let nonce { parameters.append("nonce", nonce) }
        for (name, value) in provider.authorizationParameters.sorted(by: { $0.key < $1.key }) {
            parameters.set(name, value)
        }
        return parameters
    }

    private var endpoint: WebAddress {
        get throws(OAuthError) {
            guard let endpoint = WebAddress(provider.endpoints.authorization),
                !provider.hasProtocolParameters(endpoint.text)
            else { throw .invalidEndpoint }
            return endpoint
        }
    }

    private func name(_ rfcName: String) -> String { provider.name(rfcName) }
}

extension OAuthProvider {
    /// Whether an authorization endpoint's own query has what the request sets, which would then be there twice
    /// (RFC 6749 §3.1), or cannot be read.
    public func hasProtocolParameters(_ endpoint: String) -> Bool {
        // BambooHR's has a `request` of its own, and nobody here sends one (RFC 9101 §5).
        let own = names(of: AuthorizationRequest.reservedParameters.subtracting(["request"]))
        let query = FormParameters(encoded: endpoint.drop { $0 != "?" }.dropFirst())
        return query?.pairs.contains { own.contains($0.name) } ?? true
    }
}
