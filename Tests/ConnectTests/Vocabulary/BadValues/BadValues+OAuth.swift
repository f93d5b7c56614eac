extension BadValue {
    static let endpoints =
        [
            "authorizationUrl", "tokenUrl", "refreshUrl", "revocationUrl", "userinfoUrl", "jwksUrl",
            "pushedAuthorizationUrl", "issuer",
        ].flatMap { key in
            let base = key == "jwksUrl" ? [BadValue(.oauth2, "\(key): https://acme.example/jwks", "needs issuer")] : []
            let given = Definition.Change(.oauth2, key == "issuer" ? "pkce: S256" : "issuer: https://acme.example")
            return base + [
                BadValue(.oauth2, "\(key): http://acme.example/a", "https://").given([given]),
                BadValue(.oauth2, "\(key): https://ada@acme.example/a", "without user information").given([given]),
                BadValue(.oauth2, "\(key): https://acme.example/a#b", "fragment").given([given]),
                BadValue(.oauth2, "\(key): /a", "address").given([given]),
                BadValue(.oauth2, "\(key): https://{region}.acme.example/a", "allowedHosts").given([given]),
                BadValue(.oauth2, "\(key): \"https://acme.example/{nobody}\"", "{nobody}").given([given]),
                BadValue(.oauth2, "\(key): \"https://acme.example/{app.tenant}\"", "{app.tenant}").given([given]),
            ]
        }

    static let discovery =
        [
            "authorizationUrl", "tokenUrl", "refreshUrl", "revocationUrl", "userinfoUrl", "jwksUrl",
            "pushedAuthorizationUrl",
        ].map {
            BadValue(.oauth2, "\($0): https://acme.example/a", "comes from the issuer's metadata").given(
                .oauth2,
                "discovery: true\nissuer: https://acme.example\nauthorizationUrl:\ntokenUrl:"
            )
        } + [
            BadValue(.oauth2, "discovery: perhaps", "true or false"),
            BadValue(.oauth2, "discovery: true\nauthorizationUrl:\ntokenUrl:", at: "oauth2", "issuer is missing"),
            BadValue(.oauth2, "issuer: https://acme.example/?a=b", "no query"),
            BadValue(.oauth2, "requiresIssuer: true", "needs issuer"),
            BadValue(.oauth2, "authorizationUrl:", at: "oauth2", "authorizationUrl is missing"),
            BadValue(.oauth2, "tokenUrl:", at: "oauth2", "tokenUrl is missing"),
        ]
        + ["https://acme.example", "acme.example/path", ".com", "*.acme.example", "Acme.example", ""].map {
            BadValue(.oauth2, "allowedHosts: [\"\($0)\"]", "must be a host")
        }

    static let authorizations = [
        BadValue(.oauth2, "scopes: read", "must be a list"),
        BadValue(.oauth2, "scopes: [\"read write\"]", "one scope"),
        BadValue(.oauth2, "scopes: [\"a,b\"]\nscopeSeparator: \",\"", "one scope"),
        BadValue(.oauth2, "scopes: [\"\"]", "one scope"),
        BadValue(.oauth2, "scopeSeparator: \";\"", "must be"),
        BadValue(.oauth2, "scopeParameter: \"\"", "name of a parameter"),
        BadValue(.oauth2, "scopeParameter: state", "set by the protocol"),
        BadValue(.oauth2, "grantsPartially: often", "true or false"),
        BadValue(.oauth2, "scopeAliases: [read]", "mapping"),
        BadValue(.oauth2, "callbackScopeParameter: \"\"", "name of a parameter"),
        BadValue(.oauth2, "pkce: plain", "S256, none"),
        BadValue(.oauth2, "responseMode: fragment", "query, form_post"),
        BadValue(.oauth2, "codeParameter: \"\"", "name of a parameter"),
        BadValue(.oauth2, "codeParameter: state", "set by the protocol"),
        BadValue(.oauth2, "redirectUri: \"{app.ruName}\"", "{app.ruName}"),
        BadValue(.oauth2, "redirectUri: \"{accessToken}\"", "{accessToken}"),
        BadValue(.oauth2, "appParameters: [\"ru name\"]", "letters, digits"),
        BadValue(.oauth2, "authorizationParameters: {state: x}", "state is set by the protocol"),
        BadValue(.oauth2, "authorizationParameters: {response_mode: query}", "set by the protocol"),
        BadValue(.oauth2, "authorizationParameters: {user_scope: x}", "set by the protocol").given(
            .oauth2,
            "scopeParameter: user_scope"
        ),
        BadValue(.oauth2, "authorizationParameters: {client_key: x}", "set by the protocol").given(
            .oauth2,
            "parameterNames: {client_id: client_key}"
        ),
        BadValue(.oauth2, "authorizationParameters: {a: \"{nobody}\"}", at: "authorizationParameters.a", "{nobody}"),
        BadValue(.oauth2, "switchAccountParameters: {client_id: x}", "set by the protocol"),
        BadValue(.oauth2, "switchAccountParameters: {a: \"{region}\"}", at: "switchAccountParameters.a", "{region}"),
        BadValue(.oauth2, "refusesEmbeddedBrowsers: sometimes", "true or false"),
        BadValue(.oauth2, "keepFromCallback: [code]", "kept nowhere"),
        BadValue(.oauth2, "keepFromCallback: [auth_code]", "kept nowhere").given(.oauth2, "codeParameter: auth_code"),
        BadValue(.oauth2, "keepFromCallback: [state]", "kept nowhere"),
        BadValue(.oauth2, "keepFromCallback: [\"\"]", "name of a parameter"),
    ]

    static let clients = [
        BadValue(.oauth2, "clientAuthentication: client_secret_jwt", "client_secret_basic"),
        BadValue(.oauth2, "encodeBasicCredentials: raw", "true or false"),
        BadValue(.oauth2, "assertionAudience: tenant", "issuer, endpoint").given(
            .oauth2,
            "clientAuthentication: private_key_jwt"
        ),
        BadValue(.oauth2, "assertionAudience: issuer", "needs issuer").given(
            .oauth2,
            "clientAuthentication: private_key_jwt"
        ),
        BadValue(.oauth2, "assertionAudience: endpoint", "needs clientAuthentication: private_key_jwt"),
        BadValue(.oauth2, "revocationClientAuthentication: tls_client_auth", "client_secret_basic"),
        BadValue(.oauth2, "revocationClientAuthentication: none", "does nothing beside revocation").given(
            .oauth2,
            "revocation: {url: https://acme.example/end}"
        ),
        BadValue(.oauth2, "revocationUrl: https://acme.example/revoke", "does nothing beside revocation").given(
            .oauth2,
            "revocation: {url: https://acme.example/end}"
        ),
        BadValue(.oauth2, "parameterNames: {token: t}", "token is none of"),
        BadValue(.oauth2, "parameterNames: {client_id: \"\"}", "name of a parameter"),
        BadValue(.oauth2, "parameterNames: {client_id: state}", "two parameters"),
        BadValue(.oauth2, "parameterNames: {client_id: key, state: key}", "two parameters"),
        BadValue(.oauth2, "bodyFormat: xml", "form, json"),
        BadValue(.oauth2, "tokenHeaders: {Acme: \"{region}\"}", at: "tokenHeaders.Acme", "{region}"),
        BadValue(.oauth2, "tokenHeaders: {\"Acme: a\": b}", "name of a header"),
        BadValue(.oauth2, "tokenHeaders: {Acme: \"a\\nb: c\"}", "one line"),
        BadValue(.oauth2, "tokenParameters: {grant_type: x}", "set by the protocol"),
        BadValue(.oauth2, "tokenParameters: {client_secret: x}", "set by the protocol"),
        BadValue(.oauth2, "tokenParameters: {a: \"{accessToken}\"}", at: "tokenParameters.a", "{accessToken}"),
        BadValue(.oauth2, "refreshParameters: {refresh_token: x}", "set by the protocol"),
        BadValue(.oauth2, "refreshParameters: {a: b}", "does nothing beside refreshExchange").given(
            Level.refreshExchange.given
        ),
        BadValue(.oauth2, "refreshUrl: https://acme.example/r", "does nothing beside refreshExchange").given(
            Level.refreshExchange.given
        ),
    ]

    static let tokens = [
        BadValue(.oauth2, "tokenType: Bearer token", "one word"),
        BadValue(.oauth2, "idTokenAlgorithms: [ES256]", "needs jwksUrl"),
        BadValue(.oauth2, "idTokenAlgorithms: [none]", at: "idTokenAlgorithms[0]", "RS256").given(Level.identity),
        BadValue(.oauth2, "idTokenAlgorithms: [RS1]", at: "idTokenAlgorithms[0]", "RS256").given(Level.identity),
        BadValue(.oauth2, "idTokenAlgorithms: []", "at least one").given(Level.identity),
        BadValue(.oauth2, "keepFromToken: [access_token]", "is or holds a token"),
        BadValue(.oauth2, "keepFromToken: [authed_user]", "is or holds a token").given(
            .oauth2,
            "tokenResponse: {accessToken: authed_user.access_token}"
        ),
        BadValue(.oauth2, "keepFromToken: [\"\"]", "dot path"),
        BadValue(.oauth2, "accessTokenLifetime: -1", "0 or more"),
        BadValue(.oauth2, "accessTokenLifetime: 1.5", "whole number"),
        BadValue(.oauth2, "accessTokenLifetime: 99999999999999999999", "whole number"),
        BadValue(.oauth2, "accessTokenLifetime: 9223372036854775807", "ten years"),
        BadValue(.oauth2, "refreshMargin: soon", "whole number"),
        BadValue(.oauth2, "refreshMargin: 9223372036854775807", "ten years"),
        BadValue(.tokenResponse, "expiresInUnit: hours", "must be one of"),
        BadValue(.tokenResponse, "accessToken: \"\"", "dot path"),
        BadValue(.tokenResponse, "refreshToken: a..b", "dot path"),
        BadValue(.tokenResponse, "successFlag: .ok", "dot path"),
        BadValue(.exchangeForLongLived, "method: PUT", "GET or POST"),
        BadValue(.exchangeForLongLived, "url: http://acme.example", "https"),
        BadValue(.exchangeForLongLived, "url: https://{region}.acme.example", "allowedHosts"),
        BadValue(.exchangeForLongLived, "parameters: {a: \"{refreshToken}\"}", at: "parameters.a", "{refreshToken}"),
        BadValue(.exchangeForLongLived, "tokenResponse: {token: a}", at: "tokenResponse.token", "unknown key"),
        BadValue(.refreshExchange, "method: DELETE", "GET or POST"),
        BadValue(.refreshExchange, "url: https://{region}.acme.example", "allowedHosts"),
        BadValue(.refreshExchange, "parameters: {a: \"{data.x}\"}", at: "parameters.a", "{data.x}"),
    ]

    /// What only a sign-in has.
    static let clientCredentials =
        [
            "authorizationUrl: https://acme.example/authorize", "refreshUrl: https://acme.example/r",
            "userinfoUrl: https://acme.example/u", "jwksUrl: https://acme.example/k",
            "pushedAuthorizationUrl: https://acme.example/p", "requiresIssuer: true", "callbackScopeParameter: scope",
            "pkce: S256", "responseMode: query", "codeParameter: code", "redirectUri: here", "appParameters: [a]",
            "authorizationParameters: {a: b}", "refreshParameters: {a: b}", "idTokenAlgorithms: [RS256]",
            "keepFromCallback: [a]", "exchangeForLongLived: {url: https://acme.example/x}",
            "refreshExchange: {url: https://acme.example/x}", "switchAccountParameters: {a: b}",
            "refusesEmbeddedBrowsers: true",
        ].map {
            BadValue(.oauth2, $0, "nobody signs in").given(.oauth2, "grant: client_credentials\nauthorizationUrl:")
        } + [
            BadValue(.oauth2, "grant: password", "authorization_code, client_credentials"),
            BadValue(.option, "fields: [{key: clientKey, label: Key}]", "clientKey is none of clientId, clientSecret")
                .given(.oauth2, "grant: client_credentials\nauthorizationUrl:"),
        ]
}
