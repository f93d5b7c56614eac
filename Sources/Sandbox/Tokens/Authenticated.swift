import HTTPTypes
import Hummingbird
import StrictJSON

extension Sandbox {
    /// Runs `process` for the client that a request authenticates.
    func authenticated(
        _ request: Request,
        endpoint: Faults.Endpoint,
        at issuer: Issuer,
        context: SandboxRequestContext,
        process: (TokenRequest, SandboxClient) throws(OAuthError) -> Response
    ) async -> Response {
        await answering(request, endpoint: endpoint, context: context) { read, client throws(OAuthError) in
            try process(read, authenticate(read, client, at: issuer))
        }
    }

    /// Runs `process` for the client that a request seems to be from, after logging it and with the client's faults.
    ///
    /// `holder` finds the client of a request that does not name one.
    func answering(
        _ request: Request,
        endpoint: Faults.Endpoint,
        context: SandboxRequestContext,
        holder: (TokenRequest, SandboxState) -> SandboxClient? = { _, _ in nil },
        process: (TokenRequest, SandboxClient?) throws(OAuthError) -> Response
    ) async -> Response {
        let read: TokenRequest
        do throws(OAuthError) {
            read = try await TokenRequest(request)
        } catch {
            return tokenAnswer(error, request: nil, quirks: Quirks())
        }
        let client = withState { state in read.client(among: state.clients) ?? holder(read, state) }
        let quirks = client?.quirks ?? Quirks()
        note(
            endpoint,
            method: read.method,
            clientID: client?.id,
            authentication: read.authenticationMethod(quirks: quirks),
            parameters: FormParameters(read.query, read.parameters)
        )
        return await withFaults(of: client?.id, at: endpoint, context: context) {
            do throws(OAuthError) {
                return try process(read, client)
            } catch {
                return tokenAnswer(error, request: read, quirks: quirks)
            }
        }
    }
}
