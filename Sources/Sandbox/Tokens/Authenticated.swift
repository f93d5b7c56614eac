import HTTPTypes
import Hummingbird
import StrictJSON

extension Sandbox {
    /// Runs `process` for the client that a request authenticates, after logging the request and with its faults.
    func authenticated(
        _ request: Request,
        at endpoint: Faults.Endpoint,
        context: SandboxRequestContext,
        process: (TokenRequest, SandboxClient) throws(OAuthError) -> Response
    ) async -> Response {
        let read: TokenRequest
        do throws(OAuthError) {
            read = try await TokenRequest(request)
        } catch {
            return tokenAnswer(error, request: nil, quirks: Quirks())
        }
        let client = read.client(among: withState { $0.clients })
        let quirks = client?.quirks ?? Quirks()
        note(
            endpoint,
            method: read.method,
            clientID: client?.id,
            authentication: read.authenticationMethod(quirks: quirks),
            parameters: read.parameters
        )
        return await withFaults(of: client?.id, at: endpoint, context: context) {
            do throws(OAuthError) {
                return try process(read, read.authenticate(client))
            } catch {
                return tokenAnswer(error, request: read, quirks: quirks)
            }
        }
    }
}
