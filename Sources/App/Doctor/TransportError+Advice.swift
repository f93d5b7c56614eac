import Outbound

extension TransportError {
    /// What happened, to follow the name of a host.
    var sentence: String {
        switch self {
        case .invalidURL: "the address is not one that can be called"
        case .invalidHeader(let name): "the header \(name) cannot be sent"
        case .addressNotAllowed: "the address is private, or the port is not 443"
        case .overloaded: "no connection became free"
        case .misconfigured(let setting): "libcurl refused the setting \(setting)"
        case .nameNotResolved: "the name does not resolve"
        case .connectionFailed: "nobody answers there"
        case .connectTimedOut: "nobody answers there in time"
        case .tlsFailed: "the TLS handshake failed"
        case .timedOut: "no answer in time"
        case .connectionLost: "the connection was lost"
        case .headersTooLarge, .bodyTooLarge: "the answer is too large"
        case .malformedResponse: "the answer is not HTTP"
        case .cancelled, .shutDown: "stopped"
        }
    }

    var advice: String {
        switch self {
        case .addressNotAllowed:
            "If this is meant, name the address in PORTAL_PRIVATE_TARGETS, such as 10.1.2.3/32:8443."
        case .nameNotResolved: "Look at the name and at this machine's name servers (/etc/resolv.conf)."
        case .tlsFailed:
            "Look at the certificate (openssl s_client -connect HOST:443) and at the roots that are trusted: this machine's (ca-certificates), or those of PORTAL_CA_FILE."
        case .misconfigured: "Install the certificate roots (ca-certificates)."
        case .connectionFailed, .connectTimedOut, .timedOut, .connectionLost:
            "Look whether a firewall stops outgoing connections to port 443; a proxy from the environment is not used."
        case .invalidURL: "Plain http works only to PORTAL_PRIVATE_TARGETS."
        default: "Try again."
        }
    }
}
