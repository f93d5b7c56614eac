/// The token revocation request (RFC 7009 §2.1): builds the HTTP message, sends nothing.
public struct RevocationRequest: Sendable {
    /// The values of `token_type_hint`.
    public enum TokenType: String, Sendable {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
    }

    public var provider: OAuthProvider
    public var client: ClientCredentials
    public var token: Secret
    public var type: TokenType

    public init(provider: OAuthProvider, client: ClientCredentials, token: Secret, type: TokenType) {
        self.provider = provider
        self.client = client
        self.token = token
        self.type = type
    }

    /// Nothing where the provider has no revocation endpoint.
    ///
    /// Throws `OAuthError.unusableKey`.
    public func message(fresh: Freshness) throws(OAuthError) -> HTTPRequestMessage? {
        guard let url = provider.endpoints.revocation else { return nil }
        var parameters = FormParameters([("token", token.reveal()), ("token_type_hint", type.rawValue)])
        var headers: [(name: String, value: String)] = [
            ("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        try provider.authenticate(
            client,
            at: url,
            by: provider.revocationClientAuthentication,
            fresh: fresh,
            in: &parameters,
            &headers
        )
        return HTTPRequestMessage(method: "POST", url: url, headers: headers, body: Array(parameters.encoded.utf8))
    }
}
