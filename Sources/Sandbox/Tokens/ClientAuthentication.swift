extension TokenRequest {
    /// How the request proves who sent it, in the words of RFC 7591 §2.
    func authenticationMethod(quirks: Quirks) -> String {
        if basic != nil { return "client_secret_basic" }
        if parameters["client_assertion"] != nil { return "private_key_jwt" }
        return parameters[quirks.wireName("client_secret")] == nil ? "none" : "client_secret_post"
    }
}

extension Sandbox {
    /// Checks the client's identity by the one method that the request uses (RFC 6749 §2.3).
    func authenticate(
        _ request: TokenRequest,
        _ client: SandboxClient?,
        by policy: ClientAuthenticationPolicy? = nil,
        at issuer: Issuer
    ) throws(OAuthError) -> SandboxClient {
        guard let client else { throw .invalidClient("the client is not known") }
        let quirks = client.quirks
        let policy = policy ?? (issuer.variant == .assertionsOnly ? .privateKeyJWT : quirks.clientAuthentication)
        let posted = request.parameters[quirks.wireName("client_secret")]
        let assertion = request.parameters["client_assertion"]
        let proofs = [request.basic?.password, posted, assertion].compactMap(\.self)
        guard request.basic.map({ $0.decoded(for: quirks).username == client.id }) ?? true else {
            throw .invalidClient("the client is not known")
        }
        guard proofs.count < 2 else { throw .invalidRequest("two ways of client authentication at once") }
        switch policy {
        case .privateKeyJWT:
            try checkAssertion(of: request, client, at: issuer)
            return client
        case .none:
            guard proofs.isEmpty else { throw .invalidClient("client authentication is not wanted here") }
            return client
        case .basic, .post, .basicOrPost: break
        }
        guard assertion == nil else { throw .invalidClient("private_key_jwt is not registered") }
        guard let secret = client.secret else {
            guard proofs.isEmpty else { throw .invalidClient("this client has no secret") }
            return client
        }
        switch (policy, request.basic) {
        case (.basic, nil): throw .invalidClient("client_secret_basic is required")
        case (.post, _?): throw .invalidClient("client_secret_post is required")
        default: break
        }
        guard (request.basic?.decoded(for: quirks).password ?? posted) == secret else {
            throw .invalidClient("the client secret is wrong")
        }
        return client
    }
}
