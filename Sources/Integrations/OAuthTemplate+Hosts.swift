public import OAuth

extension OAuthTemplate {
    /// The host at which the person signs in, as it is shown: `acme.zendesk.com` needs an input and shows as `zendesk.com`.
    public var shownHost: String {
        if let address = WebAddress(provider.authorizationURL) { return address.host }
        return allowedHosts.first.map { String($0.trimmingPrefix(".")) } ?? ""
    }

    /// The sources that a form which leads to the provider must name (CSP `form-action`): browsers check the redirect
    /// that answers the form, and the provider's own next ones, too.
    public var formActionSources: [String] {
        if let address = WebAddress(provider.authorizationURL) {
            let isName = address.host.contains { $0.isLetter } && address.host.contains(".")
            return [address.origin] + (isName ? ["https://*.\(address.host)"] : [])
        }
        return allowedHosts.map { $0.hasPrefix(".") ? "https://*\($0)" : "https://\($0)" }
    }
}

extension OAuthTemplate {
    /// Whether an address lies at one of the provider's hosts: its own endpoints' or an allowed one, over https unless
    /// the provider itself is on this machine.
    public func mayUse(_ address: WebAddress) -> Bool {
        let own = [provider.authorizationURL, provider.tokenURL].compactMap { WebAddress($0) }
        if own.contains(where: { $0.origin == address.origin }) { return true }
        return address.scheme == "https"
            && allowedHosts.contains { $0.hasPrefix(".") ? address.host.hasSuffix($0) : address.host == $0 }
    }
}
