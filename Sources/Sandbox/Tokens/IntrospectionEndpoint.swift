import Foundation
import Hummingbird
import StrictJSON

/// Token introspection (RFC 7662).
extension Sandbox {
    func introspect(_ request: Request, at issuer: Issuer, context: SandboxRequestContext) async -> Response {
        await authenticated(request, endpoint: .introspect, at: issuer, context: context) {
            request,
            client throws(OAuthError) in
            guard let token = request.parameters["token"] else { throw .invalidRequest("token is missing") }
            return .json(withState { describe(token, in: $0, for: client) })
        }
    }

    private func describe(_ token: String, in state: SandboxState, for client: SandboxClient) -> JSON {
        let access = state.grant(forAccessToken: token, now: now())
        guard let grant = access?.grant ?? state.grant(forRefreshToken: token, now: now()) else {
            return ["active": false]
        }
        guard grant.clientID == client.id else { return ["active": false] }
        var description: JSON.Object = [
            "active": true,
            "iss": .string(grant.issuer),
            "client_id": .string(client.id),
            "scope": .string((access?.token.scopes ?? grant.scopes).joined(separator: " ")),
        ]
        description["sub"] = grant.user.map { .string($0.id) }
        description["username"] = grant.user.map { .string($0.username) }
        description["exp"] = access?.token.expiresAt.map { .integer(Int64($0.timeIntervalSince1970)) }
        return .object(description)
    }
}
