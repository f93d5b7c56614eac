internal import FoundationEssentials
internal import StrictJSON

/// The access token request (RFC 6749 §4.1.3, §4.4.2, §6): builds the HTTP message, sends nothing.
public struct TokenRequest: Sendable {
    public var provider: OAuthProvider
    public var client: ClientCredentials
    public var grant: Grant

    public enum Grant: Sendable {
        case authorizationCode(code: Secret, redirectURI: String, verifier: CodeVerifier?)
        case clientCredentials(scopes: [String])
        case refreshToken(Secret)
    }

    public init(provider: OAuthProvider, client: ClientCredentials, grant: Grant) {
        self.provider = provider
        self.client = client
        self.grant = grant
    }

    /// One POST with one way of client authentication and nothing secret in the address.
    ///
    /// Throws `OAuthError.unusableKey`.
    public func message(fresh: Freshness) throws(OAuthError) -> HTTPRequestMessage {
        var parameters = grantParameters()
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        try provider.authenticate(client, at: endpoint, fresh: fresh, in: &parameters, &headers)
        for (name, value) in extraParameters.sorted(by: { $0.key < $1.key }) { parameters.set(name, value) }
        for (name, value) in provider.tokenHeaders.sorted(by: { $0.key < $1.key }) {
            headers.removeAll { $0.name.lowercased() == name.lowercased() }
            headers.append((name, value))
        }
        return encode(parameters, headers: headers)
    }

    /// What the request carries that nobody else may see.
    public var secrets: [Secret] {
        let client = [client.secret].compactMap(\.self)
        switch grant {
        case .authorizationCode(let code, _, let verifier):
            return client + [code] + [verifier?.secret].compactMap(\.self)
        case .clientCredentials: return client
        case .refreshToken(let token): return client + [token]
        }
    }

    private var isRefresh: Bool { if case .refreshToken = grant { true } else { false } }

    private var endpoint: String {
        isRefresh ? provider.endpoints.refresh ?? provider.endpoints.token : provider.endpoints.token
    }

    private var extraParameters: [String: String] {
        isRefresh ? provider.refreshParameters : provider.tokenParameters
    }

    private func grantParameters() -> FormParameters {
        var parameters = FormParameters()
        switch grant {
        case .authorizationCode(let code, let redirectURI, let verifier):
            parameters.append(name("grant_type"), "authorization_code")
            parameters.append(name("code"), code.reveal())
            parameters.append(name("redirect_uri"), redirectURI)
            if let verifier { parameters.append("code_verifier", verifier.secret.reveal()) }
        case .clientCredentials(let scopes):
            parameters.append(name("grant_type"), "client_credentials")
            if !scopes.isEmpty {
                parameters.append(provider.scopeParameter, scopes.joined(separator: provider.scopeSeparator))
            }
        case .refreshToken(let token):
            parameters.append(name("grant_type"), "refresh_token")
            parameters.append(name("refresh_token"), token.reveal())
        }
        return parameters
    }

    private func encode(_ parameters: FormParameters, headers: [(name: String, value: String)]) -> HTTPRequestMessage {
        var headers = headers
        let body: [UInt8]
        switch provider.bodyFormat {
        case .form:
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            body = Array(parameters.encoded.utf8)
        case .json:
            headers.append(("Content-Type", "application/json"))
            var object = JSON.Object()
            for pair in parameters.pairs { object[pair.name] = .string(pair.value) }
            body = JSON.object(object).bytes
        }
        return HTTPRequestMessage(method: "POST", url: endpoint, headers: headers, body: body)
    }

    private func name(_ rfcName: String) -> String { provider.name(rfcName) }
}
