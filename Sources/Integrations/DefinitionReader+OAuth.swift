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
        let isDiscovered = try mapping.bool("discovery", default: false)
        var provider = OAuthProvider(try endpoints(in: mapping, grant, isDiscovered: isDiscovered))
        try readRequest(into: &provider, from: mapping)
        try readAnswer(into: &provider, from: mapping)
        let hosts = try mapping.texts("allowedHosts")
        return OAuthTemplate(
            provider: provider,
            isDiscovered: isDiscovered,
            allowedHosts: hosts,
            appParameters: try names("appParameters", in: mapping),
            longLivedExchange: try exchange("exchangeForLongLived", in: mapping, hosts),
            refreshExchange: try exchange("refreshExchange", in: mapping, hosts),
            revocation: try mapping["revocation"].map { (node) throws(DefinitionError) in try request(node, in: hosts)
            },
            switchAccountParameters: try mapping.dictionary("switchAccountParameters"),
            refusesEmbeddedBrowsers: try mapping.bool("refusesEmbeddedBrowsers", default: false)
        )
    }

    private static func endpoints(
        in mapping: DefinitionMapping,
        _ grant: Grant,
        isDiscovered: Bool
    ) throws(DefinitionError) -> ProviderEndpoints {
        var endpoints = ProviderEndpoints(authorization: "", token: "")
        endpoints.issuer = try optionalAddress("issuer", in: mapping)
        endpoints.requiresIssuer = try mapping.bool("requiresIssuer", default: false)
        let written = ["authorizationUrl", "tokenUrl", "jwksUrl", "userinfoUrl", "pushedAuthorizationUrl"]
        if isDiscovered {
            for key in written {
                if let stray = mapping[key] { throw stray.error("comes from the issuer's metadata") }
            }
            _ = try mapping.required("issuer")
            return endpoints
        }
        if grant == .clientCredentials {
            if let stray = mapping["authorizationUrl"] { throw stray.error("nobody signs in with client credentials") }
        } else {
            endpoints.authorization = try address("authorizationUrl", in: mapping)
        }
        endpoints.token = try address("tokenUrl", in: mapping)
        endpoints.refresh = try optionalAddress("refreshUrl", in: mapping)
        endpoints.revocation = try optionalAddress("revocationUrl", in: mapping)
        endpoints.userinfo = try optionalAddress("userinfoUrl", in: mapping)
        endpoints.keys = try optionalAddress("jwksUrl", in: mapping)
        endpoints.pushedAuthorization = try optionalAddress("pushedAuthorizationUrl", in: mapping)
        if let keys = mapping["jwksUrl"], endpoints.issuer == nil {
            throw keys.error("needs issuer, whose tokens these keys sign")
        }
        return endpoints
    }

    private static func readRequest(
        into provider: inout OAuthProvider,
        from mapping: DefinitionMapping
    ) throws(DefinitionError) {
        provider.scopes = try mapping.texts("scopes")
        provider.scopeSeparator = try scopeSeparator(in: mapping)
        provider.scopeParameter = try mapping.optionalText("scopeParameter") ?? "scope"
        provider.grantsPartially = try mapping.bool("grantsPartially", default: false)
        provider.scopeAliases = try mapping.dictionary("scopeAliases")
        provider.callbackScopeParameter = try mapping.optionalText("callbackScopeParameter")
        provider.pkce = try mapping.choice("pkce", default: .s256)
        provider.responseMode = try mapping.choice("responseMode", default: .query)
        provider.codeParameter = try mapping.optionalText("codeParameter") ?? "code"
        provider.redirectURI = try mapping.optionalText("redirectUri")
        provider.clientAuthentication = try mapping.choice("clientAuthentication", default: .clientSecretBasic)
        provider.encodesBasicCredentials = try mapping.bool("encodeBasicCredentials", default: true)
        provider.assertionAudience =
            mapping["assertionAudience"] == nil ? nil : try mapping.choice("assertionAudience")
        provider.revocationClientAuthentication =
            mapping["revocationClientAuthentication"] == nil
            ? nil : try mapping.choice("revocationClientAuthentication")
        if provider.assertionAudience == .issuer, provider.endpoints.issuer == nil {
            throw try mapping.required("assertionAudience").error("needs issuer")
        }
        provider.authorizationParameters = try authorizationParameters(in: mapping)
        provider.tokenParameters = try mapping.dictionary("tokenParameters")
        provider.refreshParameters = try mapping.dictionary("refreshParameters")
        provider.parameterNames = try mapping.dictionary("parameterNames")
        provider.bodyFormat = try mapping.choice("bodyFormat", default: .form)
        provider.tokenHeaders = try mapping.dictionary("tokenHeaders")
    }

    private static func readAnswer(
        into provider: inout OAuthProvider,
        from mapping: DefinitionMapping
    ) throws(DefinitionError) {
        provider.tokenResponse = try tokenResponse(in: mapping) ?? provider.tokenResponse
        provider.tokenType = try mapping.optionalText("tokenType")
        if let algorithms = try algorithms(in: mapping) { provider.idTokenAlgorithms = algorithms }
        provider.keepFromCallback = try mapping.texts("keepFromCallback")
        provider.keepFromToken = try mapping.texts("keepFromToken")
        provider.accessTokenLifetime = try mapping.optionalInteger("accessTokenLifetime")
        provider.refreshMargin = try mapping.optionalInteger("refreshMargin") ?? provider.refreshMargin
    }

    private static func scopeSeparator(in mapping: DefinitionMapping) throws(DefinitionError) -> String {
        guard let node = mapping["scopeSeparator"] else { return " " }
        let separator = try node.text()
        guard [" ", ",", "+"].contains(separator) else { throw node.error("must be \" \", \",\" or \"+\"") }
        return separator
    }

    private static func authorizationParameters(
        in mapping: DefinitionMapping
    ) throws(DefinitionError) -> [String: String] {
        let parameters = try mapping.dictionary("authorizationParameters")
        for name in parameters.keys.sorted() where AuthorizationRequest.reservedParameters.contains(name) {
            throw try mapping.required("authorizationParameters").error(
                "\(name) is set by the protocol and cannot be overridden"
            )
        }
        return parameters
    }

    private static func algorithms(in mapping: DefinitionMapping) throws(DefinitionError) -> [SignatureAlgorithm]? {
        guard let places = try mapping["idTokenAlgorithms"]?.list() else { return nil }
        var algorithms: [SignatureAlgorithm] = []
        for place in places {
            guard let algorithm = SignatureAlgorithm(rawValue: try place.text()) else {
                let known = SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                throw place.error("must be one of \(known)")
            }
            algorithms.append(algorithm)
        }
        return algorithms
    }

    private static func names(_ key: String, in mapping: DefinitionMapping) throws(DefinitionError) -> [String] {
        let names = try mapping.texts(key)
        for name in names where name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,62}/) == nil {
            throw try mapping.required(key).error("\(name) must be letters, digits and _, starting with a letter")
        }
        return names
    }

    private static func exchange(
        _ key: String,
        in mapping: DefinitionMapping,
        _ allowedHosts: [String]
    ) throws(DefinitionError) -> ExchangeTemplate? {
        guard let given = try mapping[key]?.mapping("method", "url", "parameters", "tokenResponse") else { return nil }
        let method = try given.optionalText("method") ?? "POST"
        guard ["GET", "POST"].contains(method) else { throw try given.required("method").error("must be GET or POST") }
        return ExchangeTemplate(
            method: method,
            url: Template(try address("url", in: given)),
            parameters: try given.dictionary("parameters").sorted { $0.key < $1.key }.map {
                ($0.key, Template($0.value))
            },
            tokenResponse: try tokenResponse(in: given),
            allowedHosts: allowedHosts
        )
    }

    private static func tokenResponse(in mapping: DefinitionMapping) throws(DefinitionError) -> TokenResponseFormat? {
        guard
            let given = try mapping["tokenResponse"]?.mapping(
                "accessToken",
                "refreshToken",
                "tokenType",
                "expiresIn",
                "expiresInUnit",
                "scope",
                "idToken",
                "successFlag",
                "error",
                "errorDescription"
            )
        else { return nil }
        var format = TokenResponseFormat()
        format.accessToken = try given.optionalText("accessToken") ?? format.accessToken
        format.refreshToken = try given.optionalText("refreshToken") ?? format.refreshToken
        format.tokenType = try given.optionalText("tokenType") ?? format.tokenType
        format.expiresIn = try given.optionalText("expiresIn") ?? format.expiresIn
        format.expiresInUnit = try given.choice("expiresInUnit", default: .seconds)
        format.scope = try given.optionalText("scope") ?? format.scope
        format.idToken = try given.optionalText("idToken") ?? format.idToken
        format.successFlag = try given.optionalText("successFlag")
        format.error = try given.optionalText("error") ?? format.error
        format.errorDescription = try given.optionalText("errorDescription") ?? format.errorDescription
        return format
    }
}
