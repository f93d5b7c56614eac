internal import StrictJSON

/// The pushed authorization request (RFC 9126 §2): the parameters go to the provider first, and the browser carries only
/// a reference to them.
public struct PushedAuthorizationRequest: Sendable {
    public var request: AuthorizationRequest
    public var client: ClientCredentials

    public init(_ request: AuthorizationRequest, client: ClientCredentials) {
        self.request = request
        self.client = client
    }

    /// Nothing where the provider has no such endpoint.
    ///
    /// Throws `OAuthError.unusableKey`.
    public func message(fresh: Freshness) throws(OAuthError) -> HTTPRequestMessage? {
        let provider = request.provider
        guard let url = provider.endpoints.pushedAuthorization else { return nil }
        var parameters = request.parameters
        var headers: [(name: String, value: String)] = [
            ("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        try provider.authenticate(client, at: url, fresh: fresh, in: &parameters, &headers)
        return HTTPRequestMessage(method: "POST", url: url, headers: headers, body: Array(parameters.encoded.utf8))
    }

    /// The reference in the answer (RFC 9126 §2.2).
    ///
    /// Throws `OAuthError`: what the provider said, without what it was sent in confidence, or `.pushRefused` for an
    /// answer that cannot be used.
    public func requestURI(in response: HTTPResponseMessage) throws(OAuthError) -> String {
        let answer = response.body.count <= 65536 ? try? JSON.parse(response.body) : nil
        let format = TokenResponseFormat()
        let hidden = [client.secret, Secret(request.state)].compactMap(\.self)
        if let error = ProviderError(tokenAnswer: answer, status: response.status, format: format, hiding: hidden) {
            throw .provider(error)
        }
        // Some answer 200 where the RFC has 201.
        guard [200, 201].contains(response.status), let reference = answer?["request_uri"]?.string,
            (1...1024).contains(reference.utf8.count), reference.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .pushRefused(status: response.status) }
        return reference
    }
}
