internal import HTTPTypes
internal import Hummingbird

/// What every answer says about itself unless it says otherwise: nothing may be stored, framed, sniffed or run.
struct SecurityHeaders {
    /// Whether browsers come by TLS alone, and are to stay with that for a year (RFC 6797 §6.1).
    let isSecure: Bool

    func add(to response: inout Response, _ request: Request) {
        for field in Self.standard where !response.headers.contains(field.name) { response.headers.append(field) }
        response.headers[.openerPolicy] = Self.isOnTheWay(request.uri.path) ? "unsafe-none" : "same-origin"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// Whether a page may stand in a popup on its way to a provider and back: `same-origin` on any of them would cut it
    /// off from the page that opened it, for good.
    private static func isOnTheWay(_ path: String) -> Bool {
        path == "/connect" || path.hasPrefix("/connect/") || path.hasPrefix("/api/v1/connect/oauth-callback")
    }

    private static let standard: HTTPFields = [
        .cacheControl: "no-store",
        .contentSecurityPolicy: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .frameOptions: "DENY",
        .referrerPolicy: "no-referrer",
        .resourcePolicy: "same-origin",
        .permissionsPolicy: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        .robots: "noindex, nofollow",
    ]
}

extension HTTPField.Name {
    static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .date
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .date
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy") ?? .date
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .date
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .date
    static let robots = HTTPField.Name("X-Robots-Tag") ?? .date
}
