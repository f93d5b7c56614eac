import Foundation
import Hummingbird
import StrictJSON

/// The second exchange that Facebook, Instagram and Threads have instead of refresh tokens.
extension Sandbox {
    /// Takes a live access token for a long-lived one, renews a long-lived one, or refreshes with all in the address.
    func exchangeToken(_ request: Request, context: SandboxRequestContext) async -> Response {
        await answering(request, endpoint: .exchange, context: context) { read, state in
            ExchangeRequest(read).token.flatMap(state.client(ofToken:))
        } process: { read, client throws(OAuthError) in
            let request = ExchangeRequest(read)
            guard let client, let token = request.token else { throw .invalidGrant("the token is not known") }
            let quirks = client.quirks.exchange
            try request.check(quirks, client)
            var members: JSON.Object = ["token_type": "bearer"]
            if request.kind == .refresh {
                let issued = try withState { (state) throws(OAuthError) in
                    try state.refresh(token, scopes: nil, client: client, now: now())
                }
                members["access_token"] = .string(issued.accessToken)
                members["refresh_token"] = issued.refreshToken.map(JSON.string)
                members["expires_in"] = quirks.expiresInAnswer ? JSON(issued.lifetime) : nil
            } else {
                let longLived = try longLivedToken(for: token, quirks, isRenewal: request.kind == .renewal)
                members["access_token"] = .string(longLived)
                members["expires_in"] = quirks.expiresInAnswer ? JSON(quirks.lifetime) : nil
            }
            let path = quirks.answerPath
            return .json(.object(path.isEmpty ? members : JSON.Object(nesting: members, under: path)))
        }
    }

    private func longLivedToken(
        for token: String,
        _ quirks: ExchangeQuirks,
        isRenewal: Bool
    ) throws(OAuthError) -> String {
        let now = now()
        return try withState { (state) throws(OAuthError) in
            guard let known = state.grant(forAccessToken: token, now: now)?.token else {
                throw .invalidGrant("the token has expired or was revoked")
            }
            if isRenewal {
                guard known.isLongLived else { throw .invalidGrant("only a long-lived token can be renewed") }
                guard now.timeIntervalSince(known.issuedAt) >= Double(quirks.earliestRenewal) else {
                    throw .invalidRequest("the token is too young to be renewed")
                }
            }
            return state.issueAccessToken(
                known.grantID,
                scopes: known.scopes,
                lifetime: quirks.lifetime,
                isLongLived: true,
                now: now
            )
        }
    }
}
