import CCurl
public import Secrecy

/// The operator's mail server: where it is, and how to sign in.
public struct MailServer: Sendable, Equatable, Concealed {
    enum Scheme: String, Sendable {
        /// In clear at first, then STARTTLS (RFC 3207).
        case smtp
        /// TLS from the start (RFC 8314 §3.3).
        case smtps
    }

    let scheme: Scheme
    /// In lower case, an IPv6 address in brackets.
    let host: String
    let port: UInt16
    let user: String?
    let password: String?

    /// Reads `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`, user and password percent-encoded or absent together.
    ///
    /// Without a port it is that of message submission, 587 or 465 (RFC 8314 §7.3).
    public init?(_ text: String) {
        guard let parsed = ParsedURL(text),
            let scheme = parsed.part(CURLUPART_SCHEME).flatMap(Scheme.init(rawValue:)),
            let host = parsed.part(CURLUPART_HOST),
            ["", "/"].contains(parsed.part(CURLUPART_PATH) ?? ""),
            [CURLUPART_QUERY, CURLUPART_FRAGMENT, CURLUPART_OPTIONS].allSatisfy({ parsed.part($0) == nil })
        else { return nil }
        let given = parsed.part(CURLUPART_PORT)
        guard let port = given == nil ? (scheme == .smtps ? 465 : 587) : given.flatMap({ UInt16($0) }), port > 0
        else { return nil }
        user = parsed.part(CURLUPART_USER, flags: CURLU_URLDECODE)
        password = parsed.part(CURLUPART_PASSWORD, flags: CURLU_URLDECODE)
        // A part that cannot be decoded is missing here.
        for (part, value) in [(CURLUPART_USER, user), (CURLUPART_PASSWORD, password)] {
            guard (parsed.part(part) == nil) == (value == nil), value != "" else { return nil }
        }
        guard (user == nil) == (password == nil) else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    /// What travels to this machine itself needs no TLS: nobody else sees it, and no authority signs for `localhost`.
    var isLoopback: Bool {
        guard host != "localhost" else { return true }
        return IPAddress(host.trimmingPrefix("[").prefix { $0 != "]" })?.isLoopback == true
    }
}

extension MailServer {
    /// Without user and password.
    public var description: String { "\(scheme.rawValue)://\(host):\(port)" }
}
