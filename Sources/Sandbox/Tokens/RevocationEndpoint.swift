import Foundation
import Hummingbird
import StrictJSON

/// Token revocation (RFC 7009) and introspection (RFC 7662).
extension Sandbox {
    /// Also by `DELETE` and with a JSON body, as GitHub has it.
    func revoke(_ request: Request, context: SandboxRequestContext) async throws -> Response {
        await authenticated(request, at: .revoke, context: context) { request, client throws(OAuthError) in
            guard let token = request.parameters["token"] ?? request.parameters["access_token"] else {
                throw .invalidRequest("token is missing")
            }
            withState { $0.revoke(token, client: client) }
            return Response(status: .ok)
        }
    }

    func introspect(_ request: Request, context: SandboxRequestContext) async throws -> Response {
        await authenticated(request, at: .introspect, context: context) { request, client throws(OAuthError) in
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
            "iss": .string(issuer),
            "client_id": .string(client.id),
            "scope": .string((access?.token.scopes ?? grant.scopes).joined(separator: " ")),
        ]
        description["sub"] = grant.user.map { .string($0.id) }
        description["username"] = grant.user.map { .string($0.username) }
        description["exp"] = access.map { .integer(Int64($0.token.expiresAt.timeIntervalSince1970)) }
        return .object(description)
    }
}
