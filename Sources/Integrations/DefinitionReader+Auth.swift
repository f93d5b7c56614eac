internal import OAuth
internal import Yams

extension DefinitionReader {
    private enum Kind: String, CaseIterable {
        case oauth2 = "OAUTH2"
        case secretText = "SECRET_TEXT"
        case basicAuth = "BASIC_AUTH"
        case customAuth = "CUSTOM_AUTH"
    }

    static func authOption(_ place: DefinitionNode) throws(DefinitionError) -> AuthOption {
        let mapping = try place.mapping(
            "key",
            "type",
            "displayName",
            "description",
            "oauth2",
            "fields",
            "account",
            "verification"
        )
        let kind: Kind = try mapping.choice("type")
        return AuthOption(
            key: try mapping.text("key"),
            displayName: try mapping.text("displayName"),
            description: try mapping.optionalText("description") ?? "",
            method: try method(kind, in: mapping),
            account: try account(in: mapping),
            verification: try verification(in: mapping)
        )
    }

    private static func method(_ kind: Kind, in mapping: DefinitionMapping) throws(DefinitionError) -> AuthOption.Method
    {
        if kind == .oauth2 { return .oauth2(try oauth(mapping.required("oauth2"))) }
        if let stray = mapping["oauth2"] { throw stray.error("only an OAUTH2 option has it") }
        let given = try fields(in: mapping, "fields")
        switch kind {
        case .oauth2, .customAuth:
            guard !given.isEmpty else {
                throw mapping.place.error("fields is missing: the form that the person fills in")
            }
            return .customAuth(given)
        case .secretText:
            return .secretText(
                try only(["secret"], of: given, in: mapping)[0] ?? .standard("secret", "API key", .secret)
            )
        case .basicAuth:
            let pair = try only(["username", "password"], of: given, in: mapping)
            return .basicAuth(
                username: pair[0] ?? .standard("username", "User name", .text),
                password: pair[1] ?? .standard("password", "Password", .secret)
            )
        }
    }

    /// The overrides of the fields that a kind has by itself.
    private static func only(
        _ keys: [String],
        of given: [Field],
        in mapping: DefinitionMapping
    ) throws(DefinitionError) -> [Field?] {
        for field in given where !keys.contains(field.key) {
            throw (mapping["fields"] ?? mapping.place).error("\(field.key) is none of \(keys.joined(separator: ", "))")
        }
        return keys.map { key in given.first { $0.key == key } }
    }

    private static func oauth(_ place: DefinitionNode) throws(DefinitionError) -> OAuthTemplate {
        let mapping = try place.mapping(
            "authorizationUrl",
            "tokenUrl",
            "allowedHosts",
            "revocationUrl",
            "revocation",
            "issuer",
            "requiresIssuer",
            "scopes",
            "scopeSeparator",
            "scopeParameter",
            "grantsPartially",
            "scopeAliases",
            "pkce",
            "clientAuthentication",
            "encodeBasicCredentials",
            "responseMode",
            "authorizationParameters",
            "tokenParameters",
            "parameterNames",
            "codeParameter",
            "bodyFormat",
            "tokenHeaders",
            "tokenResponse",
            "keepFromCallback",
            "keepFromToken",
            "accessTokenLifetime",
            "switchAccountParameters",
            "refusesEmbeddedBrowsers"
        )
        var provider = OAuthProvider(
            authorizationURL: try address("authorizationUrl", in: mapping),
            tokenURL: try address("tokenUrl", in: mapping)
        )
        provider.revocationURL = mapping["revocationUrl"] == nil ? nil : try address("revocationUrl", in: mapping)
        provider.issuer = try mapping.optionalText("issuer")
        provider.requiresIssuer = try mapping.bool("requiresIssuer", default: false)
        provider.scopes = try mapping.texts("scopes")
        provider.scopeSeparator = try scopeSeparator(in: mapping)
        provider.scopeParameter = try mapping.optionalText("scopeParameter") ?? "scope"
        provider.grantsPartially = try mapping.bool("grantsPartially", default: false)
        provider.scopeAliases = try mapping.dictionary("scopeAliases")
        provider.pkce = try mapping.choice("pkce", default: .s256)
        provider.clientAuthentication = try mapping.choice("clientAuthentication", default: .clientSecretBasic)
        provider.encodesBasicCredentials = try mapping.bool("encodeBasicCredentials", default: true)
        provider.responseMode = try mapping.choice("responseMode", default: .query)
        provider.authorizationParameters = try authorizationParameters(in: mapping)
        provider.tokenParameters = try mapping.dictionary("tokenParameters")
        provider.parameterNames = try mapping.dictionary("parameterNames")
        provider.codeParameter = try mapping.optionalText("codeParameter") ?? "code"
        provider.bodyFormat = try mapping.choice("bodyFormat", default: .form)
        provider.tokenHeaders = try mapping.dictionary("tokenHeaders")
        provider.tokenResponse = try tokenResponse(in: mapping)
        provider.keepFromCallback = try mapping.texts("keepFromCallback")
        provider.keepFromToken = try mapping.texts("keepFromToken")
        provider.accessTokenLifetime = try mapping.optionalInteger("accessTokenLifetime")
        return OAuthTemplate(
            provider: provider,
            allowedHosts: try mapping.texts("allowedHosts"),
            revocation: try mapping["revocation"].map { (node) throws(DefinitionError) in try request(node, in: []) },
            switchAccountParameters: try mapping.dictionary("switchAccountParameters"),
            refusesEmbeddedBrowsers: try mapping.bool("refusesEmbeddedBrowsers", default: false)
        )
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

    private static func tokenResponse(in mapping: DefinitionMapping) throws(DefinitionError) -> TokenResponseFormat {
        var format = TokenResponseFormat()
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
        else { return format }
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
