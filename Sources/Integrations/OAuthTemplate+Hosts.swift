public import OAuth

extension OAuthTemplate {
    /// The host at which the person signs in, as it is shown: `acme.zendesk.com` needs an input and shows as `zendesk.com`.
    public var shownHost: String {
        if let address = WebAddress(signInAddress) { return address.host }
        return allowedHosts.first.map { String($0.trimmingPrefix(".")) } ?? ""
    }

    /// The sources that a form which leads to the provider must name (CSP `form-action`): browsers check the redirect
    /// that answers the form, and the provider's own next ones, too.
    public var formActionSources: [String] {
        let allowed = allowedHosts.map { $0.hasPrefix(".") ? "https://*\($0)" : "https://\($0)" }
        guard let address = WebAddress(signInAddress) else { return allowed }
        let isName =
            address.host.utf8.contains { (97...122).contains($0) } && address.host.utf8.contains(UInt8(ascii: "."))
        return [address.origin] + (isName ? ["https://*.\(address.host)"] : []) + (isDiscovered ? allowed : [])
    }

    /// Whether an address lies at one of the provider's hosts: its own endpoints' or an allowed one, over https unless
    /// the provider itself is on this machine, and leaves the parameters of the protocol to the request.
    public func mayUse(_ address: WebAddress) -> Bool {
        guard !provider.hasProtocolParameters(address.text) else { return false }
        let own = [signInAddress, endpoints.token].compactMap { WebAddress($0) }
        if own.contains(where: { $0.origin == address.origin }) { return true }
        return address.scheme == "https"
            && allowedHosts.contains { $0.hasPrefix(".") ? address.host.hasSuffix($0) : address.host == $0 }
    }

    /// A discovered provider is asked at the origin of its issuer, unless the definition allows other hosts.
    private var signInAddress: String { isDiscovered ? endpoints.issuer ?? "" : endpoints.authorization }
}
