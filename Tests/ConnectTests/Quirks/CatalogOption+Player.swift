import Integrations
import OAuth
import Sandbox
import StrictJSON

extension CatalogOption {
    /// The client at the sandbox that insists on everything that the definition says of its provider.
    func player(redirectURI: String) throws -> SandboxClient {
        var quirks = try quirks()
        if let name = provider.parameterNames["redirect_uri"] {
            // An address that was registered alone need not be named (RFC 6749 §3.1.2.3); this one must.
            quirks.requiredAuthorizationParameters[name] = redirectURI
        }
        return SandboxClient(
            id: Self.client.id,
            secret: Self.client.secret?.reveal(),
            redirectURIs: [redirectURI],
            name: "The app",
            quirks: quirks
        )
    }

    private func quirks() throws -> Quirks {
        var quirks = Quirks()
        try askAtAuthorization(&quirks)
        try askAtToken(&quirks)
        try answerTokens(&quirks)
        quirks.revocation = try revocationQuirks()
        quirks.account = try accountQuirks()
        quirks.sites = sitesQuirks()
        return quirks
    }

    private func askAtAuthorization(_ quirks: inout Quirks) throws {
        quirks.parameterNames = provider.parameterNames
        quirks.scopeParameter = provider.scopeParameter
        quirks.scopeSeparator =
            provider.scopeSeparator == "," ? .comma : provider.scopeSeparator == "+" ? .plus : .space
        quirks.pkce = provider.pkce == .s256 ? .required : .refused
        var required = try filled(provider.authorizationParameters)
        if !provider.scopes.isEmpty { required[provider.scopeParameter] = scopeText }
        if provider.responseMode == .formPost { required["response_mode"] = "form_post" }
        quirks.requiredAuthorizationParameters = required
        quirks.redirectName = try provider.redirectURI.map { try filled(Template($0)) } ?? ""
        quirks.withheldScopes = withheld
        quirks.codeParameter = provider.codeParameter
        quirks.callbackScopeParameter = provider.callbackScopeParameter ?? ""
        quirks.scopeInAnswer = provider.callbackScopeParameter == nil
        for name in provider.keepFromCallback { quirks.extraCallbackParameters[name] = kept(name) }
        quirks.issuerParameter = oauth.isDiscovered || provider.endpoints.requiresIssuer ? .correct : .omitted
    }

    private func askAtToken(_ quirks: inout Quirks) throws {
        switch provider.clientAuthentication {
        case .clientSecretBasic: quirks.clientAuthentication = .basic
        case .clientSecretPost: quirks.clientAuthentication = .post
        case .privateKeyJWT: quirks.clientAuthentication = .privateKeyJWT
        case .none: quirks.clientAuthentication = .none
        }
        // GitHub's own revocation has Basic credentials as RFC 7617 has them.
        quirks.rawBasicCredentials = !provider.encodesBasicCredentials || revocationNamesClient
        quirks.bodyFormat = provider.bodyFormat == .json ? .json : .form
        quirks.requiredTokenHeaders = provider.tokenHeaders
        quirks.requiredTokenParameters = try filled(provider.tokenParameters)
        if !isSignIn, !provider.scopes.isEmpty { quirks.requiredTokenParameters[provider.scopeParameter] = scopeText }
        quirks.requiredRefreshParameters = try filled(provider.refreshParameters)
        quirks.refreshEndpoint = provider.endpoints.refresh == nil ? .token : .separate
    }

    private func answerTokens(_ quirks: inout Quirks) throws {
        let format = provider.tokenResponse
        quirks.responseNames = [
            "access_token": format.accessToken, "refresh_token": format.refreshToken, "token_type": format.tokenType,
            "expires_in": format.expiresIn, "scope": format.scope, "id_token": format.idToken, "error": format.error,
            "error_description": format.errorDescription,
        ]
        quirks.successFlag = format.successFlag ?? ""
        quirks.errorsWithStatus200 = format.successFlag != nil
        quirks.expiresIn = expiry
        quirks.scopeAliases = provider.scopeAliases
        // What the definition tells is taken whatever the answer says.
        if provider.tokenType != nil { quirks.tokenType = "User Access Token" }
        for path in provider.keepFromToken where path != format.scope {
            quirks.extraTokenMembers.place(.string(kept(path)), at: path)
        }
        quirks.extraTokenMembersInRefresh = false
        quirks.idTokenAlgorithm = provider.idTokenAlgorithms == [.es256] ? .es256 : .rs256
        quirks.refreshTokens = hasRefreshToken ? .stable : .none
        quirks.repeatsStableRefreshToken = false
        quirks.offlineScope = provider.scopes.contains("offline_access") ? "offline_access" : ""
        guard let exchange = oauth.longLivedExchange else { return }
        quirks.exchange.method = exchange.method == "GET" ? .get : .post
        quirks.exchange.grantType =
            try exchange.parameters.first { $0.name == "grant_type" }.map { try filled($0.value) } ?? ""
        quirks.exchange.expiresInAnswer = provider.accessTokenLifetime == nil
    }

    /// Where the definition knows the lifetime, the answer does not have to tell it.
    private var expiry: ExpiresIn {
        guard provider.accessTokenLifetime == nil else { return .omitted }
        return provider.tokenResponse.expiresInUnit == .milliseconds ? .milliseconds : .seconds
    }

    /// The sandbox tells the sites and the account to the same kind of request.
    private func accountQuirks() throws -> AccountQuirks {
        var quirks = AccountQuirks()
        if let lookup = option.account, lookup.request != nil {
            quirks.idPath = lookup.idPath
            quirks.labelPath = lookup.labelPath == lookup.idPath ? "" : lookup.labelPath
        }
        let requests = [option.account?.request, option.choices?.request].compactMap(\.self)
        guard let request = requests.first else { return quirks }
        quirks.request = request.method == "GET" ? .get : request.body == nil ? .post : .graphQL
        for header in request.headers {
            let value = try filled(header.value)
            if value.hasSuffix("*") {
                quirks.tokenHeader = header.name
                quirks.tokenScheme = String(value.dropLast().prefix { $0 != " " })
            } else if try requests.allSatisfy({ try $0.headers.contains { try filled($0.value) == value } }) {
                quirks.requiredHeaders[header.name] = value
            }
        }
        return quirks
    }

    private func sitesQuirks() -> SitesQuirks {
        var quirks = SitesQuirks()
        guard let lookup = option.choices else { return quirks }
        quirks.path = lookup.itemsPath
        quirks.idPath = lookup.idPath
        quirks.labelPath = lookup.labelPath == lookup.idPath ? "" : lookup.labelPath
        for (name, path) in lookup.kept { quirks.extraMembers.place(.string(kept(name)), at: path) }
        if let condition = lookup.condition.first {
            (quirks.kindPath, quirks.kind, quirks.offer) = (condition.key, condition.value, .mixed)
        }
        return quirks
    }
}

extension JSON.Object {
    /// Puts a value where a dot path leads.
    mutating func place(_ value: JSON, at path: String) {
        guard let dot = path.firstIndex(of: ".") else { return self[path] = value }
        let name = String(path[..<dot])
        var inner = self[name]?.object ?? [:]
        inner.place(value, at: String(path[path.index(after: dot)...]))
        self[name] = .object(inner)
    }
}
