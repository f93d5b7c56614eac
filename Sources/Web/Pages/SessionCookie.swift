internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import OAuth
internal import Storage

/// The cookie that holds a browser's ticket for one session.
///
/// One per session, so that several tabs do not disturb each other. `__Host-` where the portal is on https; browsers
/// take that prefix only there.
struct SessionCookie {
    private let name: String
    private let isSecure: Bool

    init(_ session: ConnectSession.ID, _ publicURL: WebAddress) {
        isSecure = publicURL.scheme == "https"
        name = (isSecure ? "__Host-connect-" : "connect-") + session.rawValue.prefix(36)
    }

    func value(in request: Request) -> String? { request.cookies[name]?.value }

    /// `Set-Cookie`: not readable by scripts, not sent with other sites' requests except when they link here.
    func setting(_ ticket: BrowserTicket, until expiry: Instant, now: Instant) -> String {
        // Kept a while longer, for the page that shows the outcome.
        let seconds = max(60, expiry.seconds - now.seconds + 3600)
        return "\(name)=\(ticket.text); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}
