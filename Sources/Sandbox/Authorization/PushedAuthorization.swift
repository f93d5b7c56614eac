import Foundation
import Hummingbird
import StrictJSON

/// Pushed authorization requests (RFC 9126).
extension Sandbox {
    /// Checks a request as the authorization endpoint would, and keeps it until the browser brings its name.
    func pushAuthorization(_ request: Request, at issuer: Issuer, context: SandboxRequestContext) async -> Response {
        await authenticated(request, endpoint: .par, at: issuer, context: context) {
            read,
            client throws(OAuthError) in
            guard !read.isJSON else { throw .invalidRequest("the body must be form-encoded") }
            guard read.parameters["request_uri"] == nil else { throw .invalidRequest("request_uri is for later") }
            let pushed = try check(read.body, at: issuer)
            guard pushed.clientID == client.id else { throw .invalidRequest("client_id is another client's") }
            let name = RandomToken.make("urn:ietf:params:oauth:request_uri:sbx")
            let lifetime = client.quirks.pushedRequestLifetime
            let expiresAt = now().addingTimeInterval(Double(lifetime))
            withState { $0.pushedRequests[name] = PushedRequest(request: pushed, expiresAt: expiresAt) }
            return .json(["request_uri": .string(name), "expires_in": JSON(lifetime)], status: .created)
        }
    }

    /// An error goes to the client, never to the redirect URI (RFC 9126 §2.3).
    private func check(_ body: String, at issuer: Issuer) throws(OAuthError) -> AuthorizationRequest {
        do throws(AuthorizationRefusal) {
            return try AuthorizationRequest(query: body, issuer: issuer, clients: withState { $0.clients })
        } catch {
            switch error {
            case .page(let problem): throw .invalidRequest(problem)
            case .redirect(let error, _, _): throw error
            }
        }
    }

    /// The request that a browser names by `request_uri`: once, in time and for the same client.
    ///
    /// Other parameters would have no effect (RFC 9101 §6.3); here they are refused, so that nobody relies on them.
    func takePushedRequest(_ parameters: FormParameters) throws(AuthorizationRefusal) -> AuthorizationRequest {
        let client = try AuthorizationRequest.client(of: parameters, among: withState { $0.clients })
        guard Set(parameters.pairs.map(\.name)) == ["request_uri", client.quirks.wireName("client_id")] else {
            throw .page("Beside request_uri there may be nothing but client_id.")
        }
        let pushed = withState { state in parameters["request_uri"].flatMap { state.pushedRequests[$0] } }
        guard let pushed, pushed.request.clientID == client.id, now() < pushed.expiresAt else {
            throw .page("This request_uri is not known, or no longer.")
        }
        withState { state in parameters["request_uri"].map { state.pushedRequests[$0] = nil } }
        return pushed.request
    }
}
