internal import Integrations
internal import OAuth
internal import Storage

/// What a request changes of a workspace's branding.
struct BrandingChange {
    /// As it is afterwards.
    var branding: Branding
    /// The new picture.
    var logo: Logo?
    /// Whether there is a new picture, or none any more.
    var changesLogo = false

    /// Nothing where all of it is clear.
    var result: Branding? { branding == Branding() ? nil : branding }

    func write(to transaction: Transaction, of workspace: Workspace.ID) throws {
        guard let branding = result else { return try transaction.deleteBranding(of: workspace) }
        try transaction.put(branding, of: workspace)
        if changesLogo { try transaction.put(logo, of: workspace) }
    }
}

extension Input {
    /// Nothing where the request does not name the branding; `null` for it, or for one of its members, clears.
    mutating func branding(of workspace: Workspace.ID, now current: Branding? = nil) -> BrandingChange? {
        guard isGiven("branding") else { return nil }
        let known: Set = ["appName", "logo", "color", "supportUrl", "termsUrl", "privacyUrl"]
        let change = fields(of: "branding", among: known) { input in
            var change = BrandingChange(branding: current ?? Branding())
            if input.isGiven("appName") { change.branding.appName = input.optionalText("appName", limit: 80) }
            if input.isGiven("color") { change.branding.color = input.value("color", Self.color) }
            if input.isGiven("supportUrl") { change.branding.supportURL = input.value("supportUrl", Self.supportURL) }
            if input.isGiven("termsUrl") { change.branding.termsURL = input.value("termsUrl", Self.secureURL) }
            if input.isGiven("privacyUrl") { change.branding.privacyURL = input.value("privacyUrl", Self.secureURL) }
            if input.isGiven("logo") {
                change.logo = input.value("logo") { text throws(PlainText.Problem) in
                    try Logo(dataURI: text, of: workspace)
                }
                change.branding.logoName = change.logo?.name
                change.changesLogo = true
            }
            return change
        }
        return change ?? BrandingChange(branding: Branding())
    }

    private static func color(_ text: String) throws(PlainText.Problem) -> String {
        guard text.wholeMatch(of: /#[0-9A-Fa-f]{6}/) != nil else {
            throw PlainText.Problem("must be a colour such as #2458d6")
        }
        return text.lowercased()
    }

    private static func supportURL(_ text: String) throws(PlainText.Problem) -> String {
        guard isSecureURL(text) || isMailURL(text) else {
            throw PlainText.Problem("must be an https address, or mailto: with one plain address")
        }
        return text
    }

    private static func secureURL(_ text: String) throws(PlainText.Problem) -> String {
        guard isSecureURL(text) else {
            throw PlainText.Problem(
                "must be an absolute https address of at most 2000 characters, without user information"
            )
        }
        return text
    }

    private static func isSecureURL(_ text: String) -> Bool {
        // A fragment has the characters of a query (RFC 3986 §3.5).
        let address = WebAddress(text.replacing("#", with: "?", maxReplacements: 1))
        return text.utf8.count <= 2000 && address?.scheme == "https"
    }

    /// One address with nothing in it that RFC 6068 §2 would have percent-encoded.
    private static func isMailURL(_ text: String) -> Bool {
        text.wholeMatch(of: /mailto:[A-Za-z0-9_.+\-]+@[A-Za-z0-9.\-]+/) != nil
            && MailAddress.isAddress(String(text.dropFirst("mailto:".count)))
    }
}
