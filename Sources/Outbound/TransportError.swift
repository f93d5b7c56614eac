/// Why an exchange has no response.
///
/// None of the cases tells what is on the other side of the address policy, and none carries the server's words.
public enum TransportError: Error, Equatable, Sendable {
    // Refused before anything is sent.
    case invalidURL
    case invalidHeader(name: String)
    /// The address policy forbids the address, the port, or plain http.
    case addressNotAllowed
    /// Too many requests wait already, or no connection became free in time.
    case overloaded
    /// libcurl refused a setting, so the request would have gone out unprotected.
    case misconfigured(setting: String)

    // Failed while connecting.
    case nameNotResolved
    case connectionFailed
    case connectTimedOut
    case tlsFailed

    // Failed with the request on its way.
    case timedOut
    case connectionLost
    case headersTooLarge
    case bodyTooLarge
    case malformedResponse

    // Ended by us, at any moment.
    case cancelled
    case shutDown

    /// Whether the server may have acted on the request, so that sending it again could act twice.
    public var mayHaveReachedServer: Bool {
        switch self {
        case .invalidURL, .invalidHeader, .addressNotAllowed, .overloaded, .misconfigured: false
        case .nameNotResolved, .connectionFailed, .connectTimedOut, .tlsFailed: false
        case .timedOut, .connectionLost, .headersTooLarge, .bodyTooLarge, .malformedResponse: true
        case .cancelled, .shutDown: true
        }
    }
}
