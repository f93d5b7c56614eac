/// A message that may go out, and the server that is to have it.
struct Delivery: Sendable {
    let mail: OutboundMail
    let server: MailServer
    /// libcurl takes the name for EHLO from the path.
    let url: String

    /// Shorter than RFC 5321 §4.5.3.2 asks of a server that queues: here somebody waits for the answer.
    static let limits: OutboundRequest.Limits = {
        var limits = OutboundRequest.Limits()
        // The caller is told 15 seconds; libcurl may need one of them to notice.
        limits.timeout = .seconds(14)
        // Greeting, STARTTLS and signing in are part of it.
        limits.connectTimeout = .seconds(10)
        return limits
    }()

    /// Refuses what must never reach C.
    init(_ mail: OutboundMail, to server: MailServer, helloName: String) throws(TransportError) {
        try mail.checkEnvelope()
        self.mail = mail
        self.server = server
        url = "\(server.scheme.rawValue)://\(server.host):\(server.port)/\(helloName)"
        guard ParsedURL(url) != nil else { throw .invalidURL }
    }
}
