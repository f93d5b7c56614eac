import HTTPTypes
import Hummingbird

/// How GitHub ends tokens: by DELETE, with the client's id in the path, Basic credentials and a JSON body.
extension Sandbox {
    func addGitHubRoutes(to router: Router<SandboxRequestContext>) {
        router.delete("/applications/:client/grant") { request, context in
            await self.end(request, context: context) { $0.revokeGrants(ofClient: $2.id, behind: $1) }
        }
        router.delete("/applications/:client/token") { request, context in
            await self.end(request, context: context) { state, token, client in
                guard state.client(ofToken: token)?.id == client.id else { return false }
                state.revoke(token, client: client)
                return true
            }
        }
    }

    /// Runs `end`, which says whether it knew the token.
    private func end(
        _ request: Request,
        context: SandboxRequestContext,
        by end: (inout SandboxState, String, SandboxClient) -> Bool
    ) async -> Response {
        await answering(request, endpoint: .revoke, context: context) { read, client throws(OAuthError) in
            let client = try authenticate(read, client, by: .basic, at: rootIssuer)
            guard client.id == context.parameters.get("client") else {
                throw OAuthError(code: "not_found", description: "another client's", status: .notFound)
            }
            guard read.isJSON, let token = read.parameters["access_token"] else {
                throw OAuthError(code: "invalid", description: "no access_token", status: .unprocessableContent)
            }
            guard withState({ end(&$0, token, client) }) else {
                throw OAuthError(code: "not_found", description: "no such token", status: .notFound)
            }
            return Response(status: .noContent)
        }
    }
}
