import OAuth

/// What the first page of a sign-in says about the OAuth app.
struct SignInVerdict {
    static let subject = "sign-in"

    let provider: String
    /// Our address, to which an error would be sent.
    let callbackURL: String

    func finding(for page: ProviderPage) -> Finding {
        if let location = page.location, isCallback(location) { return verdict(onCallback: location) }
        if let code = page.errorInLocation {
            return .explaining(OAuthErrorHelp.of(code), as: .bad, Self.subject, "\(provider) refuses: \(code)")
        }
        switch page.status {
        case 300...399:
            let host = page.location.flatMap { WebAddress($0) }?.host ?? "another page"
            return known("it sends people on to \(host)")
        case 200...299:
            guard let help = page.errorInPage, [.client, .redirectURI].contains(help.matter) else {
                return known("it shows a page to sign in")
            }
            return .explaining(help, as: .bad, Self.subject, "\(provider) shows a page with \(help.code)")
        case 403, 405, 429, 500...599: return unclear(page)
        default: return refusal(page)
        }
    }

    /// Whether an answer only leads to another page of the provider's, which may say more.
    func isUndecided(_ page: ProviderPage) -> Bool {
        guard let location = page.location, !isCallback(location), page.errorInLocation == nil else { return false }
        return WebAddress(location)?.origin == WebAddress(page.address)?.origin
    }

    /// What an error means that came back to us, not to the browser.
    static func help(for error: ProviderError) -> OAuthErrorHelp? {
        let words = error.description ?? ""
        let general = OAuthErrorHelp.of(error.code)
        guard general?.matter != .request else { return .microsoft(in: words) ?? help(byParameterIn: words) ?? general }
        return .microsoft(in: words) ?? general
    }

    private func isCallback(_ location: String) -> Bool {
        location == callbackURL || ["?", "#"].contains { location.hasPrefix(callbackURL + $0) }
    }

    /// RFC 6749 §4.1.2.1: an error comes back by the browser once client id and redirect URI are known to be right.
    private func verdict(onCallback location: String) -> Finding {
        let parameters = ProviderPage.parameters(of: location)
        guard let code = parameters?["error"], !code.isEmpty else {
            return known("it needs nobody to sign in, and answers at once")
        }
        let error = ProviderError(code: code, description: parameters?["error_description"])
        let help = Self.help(for: error)
        let text = "\(provider) sends people back with \(error.sentence)"
        if help?.isAboutAsking == true { return known("it would ask a person (\(error.code))") }
        return .explaining(help, as: help?.matter == .provider ? .warning : .bad, Self.subject, text)
    }

    private func known(_ how: String) -> Finding {
        .good(Self.subject, "\(provider) knows the client, as far as can be seen without signing in: \(how)")
    }

    private func unclear(_ page: ProviderPage) -> Finding {
        .warning(
            Self.subject,
            "\(provider) answers with status \(page.status), which tells nothing about the client",
            "Some providers turn away what is no browser: try a sign-in in one."
        )
    }

    private func refusal(_ page: ProviderPage) -> Finding {
        let said = page.excerpt.isEmpty ? "" : ": “\(page.excerpt)”"
        let text = "\(provider) refuses with status \(page.status)\(said)"
        if let help = page.errorInPage ?? Self.help(byParameterIn: page.words) {
            return .explaining(help, as: .bad, Self.subject, text)
        }
        return .bad(
            Self.subject,
            text,
            "Compare the client id and the redirect URI with the app's settings at the provider, and the address with its documentation."
        )
    }

    /// Many pages only mention what they do not like.
    private static func help(byParameterIn words: String) -> OAuthErrorHelp? {
        let words = words.lowercased()
        if words.contains(/redirect[_ ]ur[il]|callback url/) { return .of("redirect_uri_mismatch") }
        if words.contains(/client[_ ]?id\b/) { return .of("invalid_client_id") }
        return words.contains(/\bscopes?\b/) ? .of("invalid_scope") : nil
    }
}

extension OAuthErrorHelp {
    /// Whether it says no more than that a page would have to be shown (OpenID Connect Core §3.1.2.6).
    fileprivate var isAboutAsking: Bool {
        ["interaction_required", "login_required", "account_selection_required", "consent_required"].contains(code)
    }
}

extension ProviderError {
    /// The code with the description, if there is one.
    var sentence: String { code + (description.map { " (\($0))" } ?? "") }
}
