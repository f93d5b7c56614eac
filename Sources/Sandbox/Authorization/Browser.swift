import Hummingbird

/// The browser behind a request, known by a cookie.
struct Browser: Sendable {
    static let cookie = "sandbox_session"
    let session: String?

    init(_ request: Request) { session = request.cookies[Self.cookie]?.value }

    /// Whether it is a web view of an app, by the marks of the best known ones.
    static func isEmbedded(_ request: Request) -> Bool {
        let agent = request.headers[.userAgent] ?? ""
        return ["; wv)", "FBAN/", "FBAV/", "Instagram", "Line/"].contains(where: agent.contains)
    }

    /// Lax, because the browser comes from the client's site.
    static func newCookie(_ session: String, issuer: String) -> Cookie {
        Cookie(
            name: cookie,
            value: session,
            path: "/authorize",
            secure: issuer.hasPrefix("https:"),
            httpOnly: true,
            sameSite: .lax
        )
    }
}
