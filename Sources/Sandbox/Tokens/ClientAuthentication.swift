extension TokenRequest {
    /// How the request proves who sent it, in the words of RFC 7591 §2.
    func authenticationMethod(quirks: Quirks) -> String {
        if basic != nil { return "client_secret_basic" }
        return parameters[quirks.wireName("client_secret")] == nil ? "none" : "client_secret_post"
    }

    /// Checks the client's identity by the one method that the request uses (RFC 6749 §2.3).
    func authenticate(_ client: SandboxClient?) throws(OAuthError) -> SandboxClient {
        guard let client else { throw .invalidClient("the client is not known") }
        let quirks = client.quirks
        let posted = parameters[quirks.wireName("client_secret")]
        guard basic == nil || posted == nil else { throw .invalidRequest("two ways of client authentication at once") }
        guard let secret = client.secret else {
            guard basic == nil, posted == nil else { throw .invalidClient("this client has no secret") }
            return client
        }
        switch (quirks.clientAuthentication, basic) {
        case (.basic, nil): throw .invalidClient("client_secret_basic is required")
        case (.post, _?): throw .invalidClient("client_secret_post is required")
        default: break
        }
        guard (basic?.decoded(for: quirks).password ?? posted) == secret else {
            throw .invalidClient("the client secret is wrong")
        }
        return client
    }
}
