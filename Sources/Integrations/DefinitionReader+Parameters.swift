internal import OAuth
internal import Yams

extension DefinitionReader {
    /// What goes to the provider, through the browser and to the token endpoint.
    static func readRequest(
        into provider: inout OAuthProvider,
        from mapping: DefinitionMapping
    ) throws(DefinitionError) {
        provider.scopeSeparator = try scopeSeparator(in: mapping)
        provider.scopes = try scopes(in: mapping, provider.scopeSeparator)
        provider.scopeParameter = try mapping.parameterName(
            "scopeParameter",
            default: "scope",
            taken: AuthorizationRequest.reservedParameters
        )
        provider.grantsPartially = try mapping.bool("grantsPartially", default: false)
        provider.scopeAliases = try mapping.dictionary("scopeAliases")
        if mapping["callbackScopeParameter"] != nil {
            provider.callbackScopeParameter = try mapping.parameterName("callbackScopeParameter", default: "scope")
        }
        provider.pkce = try mapping.choice("pkce", default: .s256)
        provider.responseMode = try mapping.choice("responseMode", default: .query)
        provider.codeParameter = try mapping.parameterName(
            "codeParameter",
            default: "code",
            taken: ["state", "iss", "error", "error_description", "error_uri"]
        )
        provider.redirectURI = try mapping.optionalText("redirectUri")
        try readClient(into: &provider, from: mapping)
        provider.parameterNames = try parameterNames(in: mapping, scope: provider.scopeParameter)
        let authorization = AuthorizationRequest.reservedParameters
        provider.authorizationParameters = try parameters(
            "authorizationParameters",
            in: mapping,
            authorization,
            provider
        )
        provider.tokenParameters = try parameters("tokenParameters", in: mapping, tokenRequestParameters, provider)
        provider.refreshParameters = try parameters("refreshParameters", in: mapping, tokenRequestParameters, provider)
        provider.bodyFormat = try mapping.choice("bodyFormat", default: .form)
        provider.tokenHeaders = try mapping.headers("tokenHeaders")
    }

    /// Parameters of its own kind, none of which may be one that the protocol sets, by whatever name.
    static func parameters(
        _ key: String,
        in mapping: DefinitionMapping,
        _ reserved: Set<String>,
        _ provider: OAuthProvider
    ) throws(DefinitionError) -> [String: String] {
        let parameters = try mapping.dictionary(key)
        let taken = provider.names(of: reserved)
        for name in parameters.keys.sorted() where taken.contains(name) {
            throw try mapping.required(key).error("\(name) is set by the protocol and cannot be overridden")
        }
        return parameters
    }

    /// The client's own names in a token request (RFC 6749 §4.1.3, §6, RFC 7523 §2.2, RFC 7636 §4.5).
    private static let tokenRequestParameters: Set<String> = [
        "grant_type", "code", "redirect_uri", "client_id", "client_secret", "refresh_token", "code_verifier",
        "client_assertion", "client_assertion_type",
    ]

    /// The names that a provider may have others for.
    private static let renamable = [
        "response_type", "client_id", "redirect_uri", "state", "grant_type", "code", "refresh_token", "client_secret",
    ]

    private static func readClient(
        into provider: inout OAuthProvider,
        from mapping: DefinitionMapping
    ) throws(DefinitionError) {
        provider.clientAuthentication = try mapping.choice("clientAuthentication", default: .clientSecretBasic)
        provider.encodesBasicCredentials = try mapping.bool("encodeBasicCredentials", default: true)
        provider.assertionAudience = try mapping.optionalChoice("assertionAudience")
        provider.revocationClientAuthentication = try mapping.optionalChoice("revocationClientAuthentication")
        if provider.assertionAudience == .issuer, provider.endpoints.issuer == nil {
            try mapping.refuse("assertionAudience", because: "needs issuer")
        }
        let methods = [provider.clientAuthentication, provider.revocationClientAuthentication]
        if !methods.contains(.privateKeyJWT) {
            try mapping.refuse("assertionAudience", because: "needs clientAuthentication: private_key_jwt")
        }
    }

    private static func parameterNames(
        in mapping: DefinitionMapping,
        scope: String
    ) throws(DefinitionError) -> [String: String] {
        let names = try mapping.dictionary("parameterNames")
        for name in names.keys.sorted() where !renamable.contains(name) {
            let known = renamable.joined(separator: ", ")
            throw try mapping.required("parameterNames").error("\(name) is none of \(known)")
        }
        var taken: Set<String> = [scope]
        for name in AuthorizationRequest.reservedParameters.union(tokenRequestParameters).sorted() where name != "scope"
        {
            let given = try mapping["parameterNames"]?.anyMapping()[name]?.parameterName() ?? name
            guard taken.insert(given).inserted else {
                throw (mapping["parameterNames"] ?? mapping.place).error("\(given) would be two parameters")
            }
        }
        return names
    }

    /// Scopes that can be told apart, however they are joined (RFC 6749 §3.3).
    private static func scopes(
        in mapping: DefinitionMapping,
        _ separator: String
    ) throws(DefinitionError) -> [String] {
        var scopes: [String] = []
        for node in try mapping["scopes"]?.list() ?? [] {
            let scope = try node.text()
            guard !scope.isEmpty, !scope.contains(where: { " ,".contains($0) || String($0) == separator }) else {
                throw node.error("must be one scope, without a space or comma")
            }
            scopes.append(scope)
        }
        return scopes
    }

    private static func scopeSeparator(in mapping: DefinitionMapping) throws(DefinitionError) -> String {
        guard let node = mapping["scopeSeparator"] else { return " " }
        let separator = try node.text()
        guard [" ", ",", "+"].contains(separator) else { throw node.error("must be \" \", \",\" or \"+\"") }
        return separator
    }
}
