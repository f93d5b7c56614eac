import OAuth

@testable import Integrations

/// One way in which a provider can differ from what the RFCs have as their default.
struct Oddity: Sendable {
    let name: String
    /// How an option is odd in this way, if it is; without addresses and scopes.
    let value: @Sendable (CatalogOption) -> String?
    /// What makes the portal blind to it; nothing where a connection comes out the same.
    let ignore: (@Sendable (inout OptionDraft) -> Void)?

    init(
        _ name: String,
        _ value: @escaping @Sendable (CatalogOption) -> String?,
        ignored ignore: (@Sendable (inout OptionDraft) -> Void)? = nil
    ) {
        self.name = name
        self.value = value
        self.ignore = ignore
    }

    static let all = grants + requests + clients + answers + identities + ends

    private static let grants = [
        Oddity("grant") { $0.isSignIn ? nil : "client_credentials" },
        Oddity("endpoints") { $0.oauth.isDiscovered ? "discovered" : nil },
        Oddity("inputs", { $0.integration.inputs.isEmpty ? nil : "\($0.integration.inputs.count)" }),
        Oddity("appParameters", { $0.oauth.appParameters.sorted().told }, ignored: { $0.appParameters = [] }),
    ]

    private static let requests = [
        Oddity(
            "pkce",
            { $0.isSignIn && $0.provider.pkce == .none ? "none" : nil },
            ignored: { $0.provider.pkce = .s256 }
        ),
        Oddity("scopes", { $0.provider.scopes.isEmpty ? "none" : nil }),
        Oddity(
            "scopeSeparator",
            { $0.provider.scopeSeparator == " " ? nil : $0.provider.scopeSeparator },
            ignored: { $0.provider.scopeSeparator = " " }
        ),
        Oddity(
            "scopeParameter",
            { $0.provider.scopeParameter == "scope" ? nil : $0.provider.scopeParameter },
            ignored: { $0.provider.scopeParameter = "scope" }
        ),
        Oddity("parameterNames", { $0.provider.parameterNames.told }, ignored: { $0.provider.parameterNames = [:] }),
        Oddity(
            "authorizationParameters",
            { $0.provider.authorizationParameters.told },
            ignored: { $0.provider.authorizationParameters = [:] }
        ),
        Oddity(
            "responseMode",
            { $0.provider.responseMode == .query ? nil : $0.provider.responseMode.rawValue },
            ignored: { $0.provider.responseMode = .query }
        ),
        Oddity(
            "codeParameter",
            { $0.provider.codeParameter == "code" ? nil : $0.provider.codeParameter },
            ignored: { $0.provider.codeParameter = "code" }
        ),
        Oddity("redirectUri", { $0.provider.redirectURI }, ignored: { $0.provider.redirectURI = nil }),
        Oddity(
            "callbackScopeParameter",
            { $0.provider.callbackScopeParameter },
            ignored: { $0.provider.callbackScopeParameter = nil }
        ),
        Oddity(
            "keepFromCallback",
            { $0.provider.keepFromCallback.told },
            ignored: { $0.provider.keepFromCallback = [] }
        ),
    ]

    private static let clients = [
        Oddity(
            "clientAuthentication",
            {
                $0.provider.clientAuthentication == .clientSecretBasic ? nil : $0.provider.clientAuthentication.rawValue
            },
            ignored: { $0.provider.clientAuthentication = .clientSecretBasic }
        ),
        Oddity(
            "encodeBasicCredentials",
            { $0.provider.encodesBasicCredentials ? nil : "false" },
            ignored: { $0.provider.encodesBasicCredentials = true }
        ),
        Oddity(
            "revocationClientAuthentication",
            { $0.provider.revocationClientAuthentication?.rawValue },
            ignored: { $0.provider.revocationClientAuthentication = nil }
        ),
        Oddity(
            "bodyFormat",
            { $0.provider.bodyFormat == .form ? nil : $0.provider.bodyFormat.rawValue },
            ignored: { $0.provider.bodyFormat = .form }
        ),
        Oddity(
            "tokenHeaders",
            { $0.provider.tokenHeaders.keys.sorted().told },
            ignored: { $0.provider.tokenHeaders = [:] }
        ),
        Oddity("tokenParameters", { $0.provider.tokenParameters.told }, ignored: { $0.provider.tokenParameters = [:] }),
        Oddity(
            "refreshParameters",
            { $0.provider.refreshParameters.told },
            ignored: { $0.provider.refreshParameters = [:] }
        ),
        Oddity(
            "refreshUrl",
            { $0.provider.endpoints.refresh == nil ? nil : "its own" },
            ignored: { $0.provider.endpoints.refresh = nil }
        ),
        // When a token is renewed does not show in one that is.
        Oddity("refreshMargin") { $0.provider.refreshMargin == 300 ? nil : "\($0.provider.refreshMargin)" },
    ]

    private static let answers = [
        // A success reads the same.
        Oddity("tokenResponse") {
            $0.provider.tokenResponse == TokenResponseFormat() ? nil : $0.provider.tokenResponse.told
        },
        Oddity("tokenType", { $0.provider.tokenType }, ignored: { $0.provider.tokenType = nil }),
        // So does what never ends.
        Oddity("expires_in") { $0.provider.accessTokenLifetime == 0 ? "never" : nil },
        Oddity(
            "accessTokenLifetime",
            { $0.provider.accessTokenLifetime.flatMap { $0 == 0 ? nil : "\($0)" } },
            ignored: { $0.provider.accessTokenLifetime = nil }
        ),
        Oddity("keepFromToken", { $0.provider.keepFromToken.told }, ignored: { $0.provider.keepFromToken = [] }),
        Oddity(
            "grantsPartially",
            { $0.provider.grantsPartially ? "true" : nil },
            ignored: { $0.provider.grantsPartially = false }
        ),
        Oddity(
            "scopeAliases",
            { $0.provider.scopeAliases.keys.sorted().told },
            ignored: { $0.provider.scopeAliases = [:] }
        ),
        Oddity(
            "exchangeForLongLived",
            { $0.oauth.longLivedExchange?.told },
            ignored: { $0.longLivedExchange = nil }
        ),
        Oddity("refreshExchange", { $0.oauth.refreshExchange?.told }, ignored: { $0.refreshExchange = nil }),
    ]

    private static let identities = [
        Oddity("account") { $0.option.account == nil ? "none" : nil },
        // At a provider that sends the right one, or none.
        Oddity("issuer") {
            $0.provider.endpoints.issuer == nil ? nil : $0.provider.endpoints.requiresIssuer ? "required" : "known"
        },
        Oddity(
            "id_token",
            { $0.provider.endpoints.keys == nil ? nil : "checked" },
            ignored: { $0.provider.endpoints.keys = nil }
        ),
        Oddity(
            "idTokenAlgorithms",
            { $0.provider.idTokenAlgorithms == [.rs256] ? nil : $0.provider.idTokenAlgorithms.map(\.rawValue).told },
            ignored: { $0.provider.idTokenAlgorithms = [.rs256] }
        ),
        Oddity(
            "account",
            { $0.option.account?.told },
            ignored: { draft in
                guard let account = draft.account, let request = account.request else { return draft.account = nil }
                draft.account = account.asking(request.plain)
            }
        ),
        Oddity(
            "choices",
            { $0.option.choices.map { "items \($0.itemsPath), id \($0.idPath)" } },
            ignored: { $0.choices = nil }
        ),
        Oddity(
            "choices.only",
            { $0.option.choices?.condition.told },
            ignored: { $0.choices = $0.choices?.unconditional }
        ),
    ]

    private static let ends = [
        Oddity("revocation") {
            $0.oauth.revocation == nil && $0.provider.endpoints.revocation == nil && !$0.oauth.isDiscovered
                ? "none" : nil
        },
        Oddity("own revocation", { $0.oauth.revocation?.told }, ignored: { $0.revocation = nil }),
    ]
}
