import HTTPTypes
import Hummingbird

/// The header fields of a page.
struct PageHeaders: Sendable {
    /// Sources of scripts and connections beyond this origin.
    var trusted: [String] = []
    var referrerPolicy = "no-referrer"
    var crossOriginOpenerPolicy = ""

    init() {}

    init(quirks: Quirks) { crossOriginOpenerPolicy = quirks.crossOriginOpenerPolicy }

    func add(to fields: inout HTTPFields) {
        let sources = (["'self'"] + trusted).joined(separator: " ")
        fields[.contentType] = "text/html; charset=utf-8"
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        // Chromium holds every redirect after a form's submission to form-action, and the chain that starts with
        // the consent form ends wherever the application lives.
        fields[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src \(sources); connect-src \(sources); "
            + "img-src \(sources) data:; form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'"
        fields.set("Referrer-Policy", referrerPolicy)
        fields.set("X-Frame-Options", "DENY")
        fields.set("X-Robots-Tag", "noindex")
        if !crossOriginOpenerPolicy.isEmpty { fields.set("Cross-Origin-Opener-Policy", crossOriginOpenerPolicy) }
    }
}
