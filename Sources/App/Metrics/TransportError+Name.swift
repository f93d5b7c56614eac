import Outbound

extension TransportError {
    /// A name of a kind of failure, the same whatever it is about.
    var name: String {
        switch self {
        case .invalidURL: "invalid_url"
        case .invalidHeader: "invalid_header"
        case .addressNotAllowed: "address_not_allowed"
        case .overloaded: "overloaded"
        case .misconfigured: "misconfigured"
        case .nameNotResolved: "name_not_resolved"
        case .connectionFailed: "connection_failed"
        case .connectTimedOut: "connect_timed_out"
        case .tlsFailed: "tls_failed"
        case .timedOut: "timed_out"
        case .connectionLost: "connection_lost"
        case .headersTooLarge: "headers_too_large"
        case .bodyTooLarge: "body_too_large"
        case .malformedResponse: "malformed_response"
        case .cancelled: "cancelled"
        case .shutDown: "shut_down"
        }
    }
}
