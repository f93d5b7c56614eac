import OAuth

@testable import Integrations

/// An option of the catalog's that is being changed.
struct OptionDraft {
    private let original: CatalogOption
    var provider: OAuthProvider
    var appParameters: [String]
    var longLivedExchange: ExchangeTemplate?
    var refreshExchange: ExchangeTemplate?
    var revocation: RequestTemplate?
    var account: AccountLookup?
    var choices: ChoiceLookup?

    init(_ option: CatalogOption) {
        original = option
        provider = option.provider
        appParameters = option.oauth.appParameters
        longLivedExchange = option.oauth.longLivedExchange
        refreshExchange = option.oauth.refreshExchange
        revocation = option.oauth.revocation
        account = option.option.account
        choices = option.option.choices
    }

    /// The integration with nothing but this option.
    var result: CatalogOption? {
        let (integration, option) = (original.integration, original.option)
        let method: AuthOption.Method =
            if case .clientCredentials(_, let id, let secret) = option.method {
                .clientCredentials(oauth, id: id, secret: secret)
            } else { .oauth2(oauth) }
        let changed = AuthOption(
            key: option.key,
            displayName: option.displayName,
            description: option.description,
            method: method,
            account: account,
            choices: choices,
            verification: nil,
            api: option.api
        )
        let whole = Integration(
            name: integration.name,
            displayName: integration.displayName,
            description: integration.description,
            categories: integration.categories,
            color: integration.color,
            website: integration.website,
            docs: integration.docs,
            checked: integration.checked,
            inputs: integration.inputs,
            auth: [changed]
        )
        return CatalogOption(whole, changed)
    }

    private var oauth: OAuthTemplate {
        OAuthTemplate(
            provider: provider,
            isDiscovered: original.oauth.isDiscovered,
            allowedHosts: original.oauth.allowedHosts,
            appParameters: appParameters,
            longLivedExchange: longLivedExchange,
            refreshExchange: refreshExchange,
            revocation: revocation,
            switchAccountParameters: original.oauth.switchAccountParameters,
            refusesEmbeddedBrowsers: original.oauth.refusesEmbeddedBrowsers
        )
    }
}

extension RequestTemplate {
    /// The same to a provider that has nothing to ask for but a Bearer token.
    var plain: RequestTemplate {
        RequestTemplate(
            method: "GET",
            url: url,
            basic: nil,
            headers: [("Authorization", Template("Bearer {accessToken}"))],
            body: nil,
            allowedHosts: allowedHosts
        )
    }
}

extension AccountLookup {
    /// The same by another request.
    func asking(_ request: RequestTemplate) -> AccountLookup {
        AccountLookup(source: .request(request), idPath: idPath, labelPath: labelPath)
    }
}

extension ChoiceLookup {
    /// The same without asking which of the list can be connected.
    var unconditional: ChoiceLookup {
        ChoiceLookup(
            request: request,
            itemsPath: itemsPath,
            idPath: idPath,
            labelPath: labelPath,
            idName: idName,
            kept: kept,
            condition: [:]
        )
    }
}
