internal import OAuth
internal import Yams

extension DefinitionReader {
    private enum Grant: String, CaseIterable {
        case authorizationCode = "authorization_code"
        case clientCredentials = "client_credentials"
    }

    /// The `oauth2` of an option: a sign-in at the provider or, with `fields` for id and secret, client credentials.
    static func oauthMethod(in option: DefinitionMapping) throws(DefinitionError) -> AuthOption.Method {
        let mapping = try oauthMapping(option.required("oauth2"))
        let grant: Grant = try mapping.choice("grant", default: .authorizationCode)
        let template = try template(mapping, grant)
        guard grant == .clientCredentials else {
            if let stray = option["fields"] { throw stray.error("an OAUTH2 option has none; inputs are asked first") }
            return .oauth2(template)
        }
        let given = try only(["clientId", "clientSecret"], of: fields(in: option, "fields"), in: option)
        return .clientCredentials(
            template,
            id: given[0] ?? .standard("clientId", "Client ID", .text),
            secret: given[1] ?? .standard("clientSecret", "Client secret", .secret)
        )
    }

    private static func oauthMapping(_ place: DefinitionNode) throws(DefinitionError) -> DefinitionMapping {
        try place.mapping(
            "grant",
            "discovery",
            "authorizationUrl",
            "tokenUrl",
            "allowedHosts",
            "refreshUrl",
            "revocationUrl",
            "userinfoUrl",
            "jwksUrl",
            "pushedAuthorizationUrl",
            "issuer",
            "requiresIssuer",
            "scopes",
            "scopeSeparator",
            "scopeParameter",
            "grantsPartially",
            "scopeAliases",
            "callbackScopeParameter",
            "pkce",
            "responseMode",
            "codeParameter",
            "redirectUri",
            "appParameters",
            "authorizationParameters",
            "clientAuthentication",
            "encodeBasicCredentials",
            "assertionAudience",
            "revocationClientAuthentication",
            "tokenParameters",
            "refreshParameters",
            "parameterNames",
            "bodyFormat",
            "tokenHeaders",
            "tokenResponse",
            "tokenType",
            "idTokenAlgorithms",
            "keepFromCallback",
            "keepFromToken",
            "accessTokenLifetime",
            "refreshMargin",
            "revocation",
            "exchangeForLongLived",
            "refreshExchange",
            "switchAccountParameters",
            "refusesEmbeddedBrowsers"
        )
    }

    private static func template(
        _ mapping: DefinitionMapping,
        _ grant: Grant
    ) throws(DefinitionError) -> OAuthTemplate {
        if grant == .clientCredentials {
            for key in signInKeys { try mapping.refuse(key, because: "nobody signs in with client credentials") }
        }
        try mapping.refuse("revocationUrl", "revocationClientAuthentication", beside: "revocation")
        try mapping.refuse("refreshUrl", "refreshParameters", beside: "refreshExchange")
        let isDiscovered = try mapping.bool("discovery", default: false)
        let hosts = try allowedHosts(in: mapping)
        var provider = OAuthProvider(
            try endpoints(in: mapping, isDiscovered: isDiscovered, hasSignIn: grant == .authorizationCode)
        )
        try readRequest(into: &provider, from: mapping)
        if provider.hasProtocolParameters(provider.endpoints.authorization) {
            throw try mapping.required("authorizationUrl").error("must not have parameters that the protocol sets")
        }
        try readAnswer(into: &provider, from: mapping, hasKeys: isDiscovered || provider.endpoints.keys != nil)
        let reserved = AuthorizationRequest.reservedParameters
        return OAuthTemplate(
            provider: provider,
            isDiscovered: isDiscovered,
            allowedHosts: hosts,
            appParameters: try mapping.names("appParameters"),
            longLivedExchange: try exchange("exchangeForLongLived", in: mapping, hosts),
            refreshExchange: try exchange("refreshExchange", in: mapping, hosts),
            revocation: try mapping["revocation"].map { (node) throws(DefinitionError) in
                try request(node, in: hosts)
            },
            switchAccountParameters: try parameters("switchAccountParameters", in: mapping, reserved, provider),
            refusesEmbeddedBrowsers: try mapping.bool("refusesEmbeddedBrowsers", default: false)
        )
    }

    /// What only a sign-in has, or the refresh token that comes of it.
    private static let signInKeys = [
        "authorizationUrl", "refreshUrl", "userinfoUrl", "jwksUrl", "pushedAuthorizationUrl", "requiresIssuer",
        "callbackScopeParameter", "pkce", "responseMode", "codeParameter", "redirectUri", "appParameters",
        "authorizationParameters", "refreshParameters", "idTokenAlgorithms", "keepFromCallback", "exchangeForLongLived",
        "refreshExchange", "switchAccountParameters", "refusesEmbeddedBrowsers",
    ]
}
