import Integrations
import OAuth

/// How one provider speaks OAuth 2.0, by its definition.
struct OAuthText {
    let template: OAuthTemplate
    let option: AuthOption
    /// With the placeholders of the definition where values are to come.
    let provider: OAuthProvider?

    init(_ template: OAuthTemplate, _ option: AuthOption, _ integration: Integration) {
        self.template = template
        self.option = option
        let names = integration.inputs.map(\.key) + template.appParameters.map { "app.\($0)" }
        let values = Dictionary(names.map { ($0, "{\($0)}") }, uniquingKeysWith: { first, _ in first })
        provider = try? template.provider(with: values, discovered: template.endpoints)
    }

    func add(to section: inout Sheet.Section) {
        addEndpoints(to: &section)
        section.add("scopes", template.scopes, separator: provider?.scopeSeparator ?? " ")
        if option.oauth != nil {
            section.add("PKCE", template.usesPKCE ? "S256" : "none")
            section.add("sent along", lines: pairs(provider?.authorizationParameters))
        }
        section.add("client proves", template.clientAuthentication.rawValue)
        section.add("OAuth app", appNeeds)
        section.add("redirect URI", provider?.redirectURI)
        section.add("token request", tokenRequest, separator: "; ")
        section.add("token headers", lines: pairs(provider?.tokenHeaders))
        section.add("kept", (provider?.keepFromCallback ?? []) + (provider?.keepFromToken ?? []))
        addTokens(to: &section)
        section.add("other account", lines: pairs(template.switchAccountParameters))
        if template.refusesEmbeddedBrowsers { section.add("browser", "not one that is part of another app") }
    }

    private func addEndpoints(to section: inout Sheet.Section) {
        let endpoints = template.endpoints
        guard !template.isDiscovered else {
            section.add("endpoints", "discovered from \(endpoints.issuer ?? ""), kept as first seen")
            return
        }
        section.add("sign-in", endpoints.authorization)
        section.add("pushed requests", endpoints.pushedAuthorization)
        section.add("tokens", endpoints.token)
        section.add("refresh", endpoints.refresh)
        section.add("userinfo", endpoints.userinfo)
        section.add("keys", endpoints.keys)
        section.add("issuer", endpoints.issuer.map { $0 + (endpoints.requiresIssuer ? ", required in answers" : "") })
    }

    private func addTokens(to section: inout Sheet.Section) {
        section.add("token lifetime", provider?.accessTokenLifetime.map { $0 > 0 ? "\($0) s" : "does not end" })
        section.add("exchanged", template.longLivedExchange.map { "\($0.method) \(DefinitionText.text($0.url))" })
        section.add("renewed by", template.refreshExchange.map { "\($0.method) \(DefinitionText.text($0.url))" })
        let own = template.revocation.map { DefinitionText.text($0) }
        let standard = template.endpoints.revocation.map { "\($0) (RFC 7009)" }
        section.add("revocation", own ?? standard ?? (template.isDiscovered ? "if discovered" : "none"))
    }

    private var appNeeds: String {
        guard option.oauth != nil else { return "none: people bring their own client" }
        let basics =
            switch template.clientAuthentication {
            case .none: "client id"
            case .privateKeyJWT: "client id, a private key as client secret"
            case .clientSecretBasic, .clientSecretPost: "client id, client secret"
            }
        guard !template.appParameters.isEmpty else { return basics }
        return basics + "; extraParams: " + template.appParameters.joined(separator: ", ")
    }

    private var tokenRequest: [String] {
        guard let provider else { return [] }
        return (provider.bodyFormat == .json ? ["as JSON"] : []) + pairs(provider.tokenParameters)
    }

    private func pairs(_ values: [String: String]?) -> [String] {
        (values ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}
