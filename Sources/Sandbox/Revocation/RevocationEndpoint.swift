import HTTPTypes
import Hummingbird
import StrictJSON

/// Token revocation: RFC 7009, unless the client's `RevocationQuirks` say otherwise.
extension Sandbox {
    func revoke(_ request: Request, at issuer: Issuer, context: SandboxRequestContext) async -> Response {
        let inPath = context.parameters.get("token")
        return await answering(request, endpoint: .revoke, context: context) { read, state in
            read.possibleTokens(inPath: inPath).lazy.compactMap(state.client(ofToken:)).first
                ?? read.parameters["client_id"].flatMap { state.clients[$0] }
        } process: { read, client throws(OAuthError) in
            let client = try revokingClient(read, client, at: issuer)
            let quirks = client.quirks.revocation
            try read.check(quirks)
            guard quirks.tokenLocation != .absent else {
                withState { $0.revokeGrants(ofClient: client.id) }
                return Self.success(client.quirks)
            }
            guard let token = read.token(quirks, inPath: inPath) else {
                throw .invalidRequest("\(quirks.tokenParameter) is missing")
            }
            try withState { (state) throws(OAuthError) in try state.revoke(token, client: client, quirks) }
            return Self.success(client.quirks)
        }
    }

    /// A request that carries the token as its own credential proves nothing else.
    private func revokingClient(
        _ request: TokenRequest,
        _ client: SandboxClient?,
        at issuer: Issuer
    ) throws(OAuthError) -> SandboxClient {
        let quirks = client?.quirks.revocation ?? RevocationQuirks()
        if let client, quirks.tokenLocation == .bearer || quirks.clientAuthentication == .ignored { return client }
        let policy = ClientAuthenticationPolicy(rawValue: quirks.clientAuthentication.rawValue)
        return try authenticate(request, client, by: policy, at: issuer)
    }

    private static func success(_ quirks: Quirks) -> Response {
        let status = HTTPResponse.Status(code: quirks.revocation.status)
        guard !quirks.successFlag.isEmpty else { return Response(status: status) }
        return .json([quirks.successFlag: true], status: status)
    }
}

extension SandboxState {
    /// Ends a token of the client's, or complains about its kind or its absence where the quirks say so.
    fileprivate mutating func revoke(
        _ token: String,
        client: SandboxClient,
        _ quirks: RevocationQuirks
    ) throws(OAuthError) {
        let known = accessTokens[token]
        guard self.client(ofToken: token)?.id == client.id, known?.isRevoked != true else {
            guard !quirks.refusesUnknownTokens else {
                throw OAuthError(code: "invalid_token", description: "the token is not known, or no longer")
            }
            return
        }
        guard quirks.accepts == .either || (quirks.accepts == .accessToken) == (known != nil) else {
            throw OAuthError(code: "unsupported_token_type", description: "the other token is needed")
        }
        revoke(token, client: client)
        if quirks.accessTokenEndsGrant, let known { revokeGrant(known.grantID) }
    }
}
