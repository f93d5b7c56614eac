internal import OAuth
internal import Outbound

extension Portal {
    /// Sends a request that the protocol built and returns what it reads.
    ///
    /// `fresh` is for requests that must not arrive twice: a token request on a reused connection would be sent again
    /// by itself when the server closes it unanswered.
    func exchange(_ message: HTTPRequestMessage, fresh: Bool) async throws(TransportError) -> HTTPResponseMessage {
        guard let method = OutboundRequest.Method(rawValue: message.method) else { throw .invalidURL }
        let response = try await send(
            OutboundRequest(
                method,
                message.url,
                headers: message.headers,
                body: message.body,
                usesFreshConnection: fresh
            )
        )
        return HTTPResponseMessage(
            status: response.status,
            contentType: response.header("Content-Type"),
            retryAfter: response.header("Retry-After"),
            body: response.body
        )
    }
}
