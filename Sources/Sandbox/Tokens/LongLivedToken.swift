import Hummingbird
import StrictJSON

/// The second exchange that Facebook, Instagram and Threads have instead of refresh tokens.
extension Sandbox {
    static let longLivedSeconds = 60 * 24 * 3600

    /// Takes any live access token for one of sixty days; a long-lived one is renewed the same way.
    func longLivedToken(_ request: Request, context: SandboxRequestContext) async throws -> Response {
        let parameters = FormParameters(parsing: request.uri.query ?? "")
        let token = parameters["access_token"] ?? parameters["fb_exchange_token"] ?? ""
        let known = withState { $0.grant(forAccessToken: token, now: now()) }
        note(.token, method: request.method, clientID: known?.grant.clientID, parameters: parameters)
        return await withFaults(of: known?.grant.clientID, at: .token, context: context) {
            guard let known, secretFits(parameters["client_secret"], clientID: known.grant.clientID) else {
                return tokenAnswer(.invalidGrant("the token or the secret is wrong"), request: nil, quirks: Quirks())
            }
            let lifetime = Self.longLivedSeconds
            let longLived = withState { state in
                state.issueAccessToken(
                    known.token.grantID,
                    scopes: known.token.scopes,
                    lifetime: lifetime,
                    now: now()
                )
            }
            return .json([
                "access_token": .string(longLived),
                "token_type": "bearer",
                "expires_in": JSON(lifetime),
            ])
        }
    }

    private func secretFits(_ secret: String?, clientID: String) -> Bool {
        secret == nil || secret == withState { $0.clients[clientID]?.secret }
    }
}
