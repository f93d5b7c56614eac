import HTTPTypes
import Hummingbird

/// The token endpoint (RFC 6749 §3.2), and the one that some providers have for refreshing alone.
extension Sandbox {
    func token(
        _ request: Request,
        at issuer: Issuer,
        place: RefreshEndpoint,
        context: SandboxRequestContext
    ) async -> Response {
        await authenticated(request, endpoint: .token, at: issuer, context: context) {
            request,
            client throws(OAuthError) in
            let grantType = try request.checkedGrantType(client.quirks)
            let home = grantType == "refresh_token" ? client.quirks.refreshEndpoint : .token
            guard place == home else {
                throw OAuthError(code: "unsupported_grant_type", description: "not at this address")
            }
            let issued = try issue(grantType, request, to: client, at: issuer)
            return tokenAnswer(issued, isRefresh: grantType == "refresh_token", request: request, client: client)
        }
    }

    private func issue(
        _ grantType: String,
        _ request: TokenRequest,
        to client: SandboxClient,
        at issuer: Issuer
    ) throws(OAuthError) -> IssuedTokens {
        func parameter(_ name: String) -> String? { request.parameters[client.quirks.wireName(name)] }
        func required(_ name: String) throws(OAuthError) -> String {
            guard let value = parameter(name) else {
                throw .invalidRequest("\(client.quirks.wireName(name)) is missing")
            }
            return value
        }
        let now = now()
        let scopes = try request.parameters[client.quirks.scopeParameter].map { (text) throws(OAuthError) in
            try Scopes.split(text, separator: client.quirks.scopeSeparator)
        }
        switch grantType {
        case "authorization_code":
            let code = try required("code")
            return try withState { (state) throws(OAuthError) in
                try state.redeem(
                    code: code,
                    redirectURI: parameter("redirect_uri"),
                    codeVerifier: parameter("code_verifier"),
                    client: client,
                    now: now
                )
            }
        case "refresh_token":
            let token = try required("refresh_token")
            return try withState { (state) throws(OAuthError) in
                try state.refresh(token, scopes: scopes, client: client, now: now)
            }
        case "client_credentials":
            guard client.secret != nil || !client.publicKeys.isEmpty else {
                throw OAuthError(code: "unauthorized_client", description: "a public client has no credentials")
            }
            return withState { $0.grantToClient(client, scopes: scopes ?? [], issuer: issuer, now: now) }
        default:
            throw OAuthError(code: "unsupported_grant_type", description: "not offered here")
        }
    }
}

extension HTTPFields {
    func has(_ name: String, _ value: String) -> Bool { HTTPField.Name(name).flatMap { self[$0] } == value }
}

extension TokenRequest {
    /// The grant type, once the request has the shape that the quirks ask for.
    func checkedGrantType(_ quirks: Quirks) throws(OAuthError) -> String {
        guard isJSON == (quirks.bodyFormat == .json) else {
            throw .invalidRequest("the body must be \(quirks.bodyFormat == .json ? "JSON" : "form-encoded")")
        }
        if let repeated = parameters.repeatedName { throw .invalidRequest("\(repeated) is there twice") }
        guard let grantType = parameters[quirks.wireName("grant_type")] else {
            throw .invalidRequest("\(quirks.wireName("grant_type")) is missing")
        }
        let required = [
            "authorization_code": quirks.requiredTokenParameters,
            "client_credentials": quirks.requiredTokenParameters,
            "refresh_token": quirks.requiredRefreshParameters,
        ]
        for (name, value) in required[grantType] ?? [:] where parameters[name] != value {
            throw .invalidRequest("\(name) must be \(value)")
        }
        try requireHeaders(quirks.requiredTokenHeaders)
        return grantType
    }

    func requireHeaders(_ required: [String: String]) throws(OAuthError) {
        for (name, value) in required where !headers.has(name, value) {
            throw .invalidRequest("the header field \(name) must be \(value)")
        }
    }
}
