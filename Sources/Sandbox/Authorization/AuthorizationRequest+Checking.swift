extension AuthorizationRequest {
    /// Checks the query of an authorization request against what is registered.
    init(query: String, issuer: Issuer, clients: [String: SandboxClient]) throws(AuthorizationRefusal) {
        let parameters = FormParameters(parsing: query)
        let client = try Self.client(of: parameters, among: clients)
        let quirks = client.quirks
        let named = parameters[quirks.wireName("redirect_uri")]
        if let repeated = parameters.repeatedName { throw .page("The parameter “\(repeated)” is there twice.") }

        target = AuthorizationTarget(
            issuer: issuer.url,
            redirectURI: try Self.redirectURI(named, of: client),
            state: parameters[quirks.wireName("state")],
            usesFormPost: quirks.responseMode == .formPost
                || quirks.responseMode == .asRequested && parameters["response_mode"] == "form_post"
        )
        clientID = client.id
        redirectURI = named
        nonce = parameters["nonce"]
        prompt = Set((parameters["prompt"] ?? "").split(separator: " ").map(String.init))
        asksForOffline = parameters.contains(all: quirks.offlineParameters)
        do {
            try Self.check(parameters, client: client)
            codeChallenge = try Self.codeChallenge(in: parameters, quirks: quirks)
            scopes = try Scopes.read(fromQuery: query, quirks: quirks)
        } catch {
            throw .redirect(error, target, quirks)
        }
    }

    static func client(
        of parameters: FormParameters,
        among clients: [String: SandboxClient]
    ) throws(AuthorizationRefusal) -> SandboxClient {
        let client = clients.values.first { parameters[$0.quirks.wireName("client_id")] == $0.id }
        guard let client else { throw .page("No application with this client_id is registered here.") }
        return client
    }

    private static func redirectURI(_ named: String?, of client: SandboxClient) throws(AuthorizationRefusal) -> String {
        let name = client.quirks.redirectName
        if !name.isEmpty, let address = client.redirectURIs.first {
            guard named == name else { throw .page("The redirect_uri must be the name “\(name)”.") }
            return address
        }
        guard let named else {
            guard client.redirectURIs.count == 1 else { throw .page("The request has no redirect_uri.") }
            return client.redirectURIs[0]
        }
        guard client.redirectURIs.contains(named) else {
            throw .page("The redirect_uri “\(named)” is not registered for \(client.name).")
        }
        return named
    }

    private static func check(_ parameters: FormParameters, client: SandboxClient) throws(OAuthError) {
        let quirks = client.quirks
        if !quirks.authorizationError.isEmpty {
            throw OAuthError(code: quirks.authorizationError, description: "the sandbox was told to refuse")
        }
        guard parameters[quirks.wireName("response_type")] == "code" else {
            throw OAuthError(code: "unsupported_response_type", description: "only code")
        }
        guard ["query", "form_post", nil].contains(parameters["response_mode"]) else {
            throw .invalidRequest("response_mode must be query or form_post")
        }
        guard parameters.contains(all: quirks.requiredAuthorizationParameters) else {
            let required = quirks.requiredAuthorizationParameters.map { "\($0.key)=\($0.value)" }.sorted()
            throw .invalidRequest("the request needs \(required.joined(separator: ", "))")
        }
    }

    /// RFC 7636 §4.3 and §4.4.1; `plain` is refused (RFC 9700 §2.1.1).
    private static func codeChallenge(in parameters: FormParameters, quirks: Quirks) throws(OAuthError) -> String? {
        guard quirks.pkce != .ignored else { return nil }
        guard let challenge = parameters["code_challenge"] else {
            guard quirks.pkce != .required else { throw .invalidRequest("code_challenge is required") }
            return nil
        }
        guard quirks.pkce != .refused else { throw .invalidRequest("code_challenge is not known here") }
        guard parameters["code_challenge_method"] == "S256" else {
            throw .invalidRequest("code_challenge_method must be S256")
        }
        guard challenge.utf8.count == 43 else { throw .invalidRequest("code_challenge must be 43 characters") }
        return challenge
    }
}

extension Quirks {
    /// The name that a request gives to a parameter of the RFC.
    func wireName(_ name: String) -> String { parameterNames[name] ?? name }
}
