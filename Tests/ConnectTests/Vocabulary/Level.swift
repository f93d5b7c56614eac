/// A mapping of the definition format, by the comment that marks it in a definition.
enum Level: String, CaseIterable {
    case integration, input
    case inputOption = "input option"
    case option
    case keyOption = "key option"
    case oauth2, tokenResponse, exchangeForLongLived, refreshExchange
    case account
    case accountRequest = "account request"
    case accountBasic = "account basic"
    case fromIdToken, fromUserinfo, choices
    case choicesRequest = "choices request"
    case choicesBasic = "choices basic"
    case verification
    case verificationRequest = "verification request"
    case verificationBasic = "verification basic"
    case revocation
    case revocationBasic = "revocation basic"
    case api
    case apiBasic = "api basic"
    case optionAPI = "option api"
    case optionAPIBasic = "option api basic"

    /// What makes a plain definition have such a mapping, with nothing in it that could be left out.
    var given: [Definition.Change] {
        switch self {
        case .integration, .input, .option, .keyOption, .oauth2, .account: []
        case .inputOption:
            [.init(.input, "default:\ntype: select\noptions:\n  - # input option\n    value: eu")]
        case .tokenResponse: [.init(.oauth2, "tokenResponse: # tokenResponse\n  accessToken: access_token")]
        case .exchangeForLongLived:
            [.init(.oauth2, "exchangeForLongLived: # exchangeForLongLived\n  url: https://acme.example/long")]
        case .refreshExchange:
            [.init(.oauth2, "refreshExchange: # refreshExchange\n  url: https://acme.example/renew")]
        case .accountRequest:
            [.init(.account, "request: # account request\n  url: https://acme.example/me")]
        case .fromIdToken:
            Self.identity + [.init(.account, "request:\nid:\nfromIdToken: # fromIdToken\n  id: sub")]
        case .fromUserinfo:
            [
                .init(.oauth2, "userinfoUrl: https://acme.example/userinfo"),
                .init(.account, "request:\nid:\nfromUserinfo: # fromUserinfo\n  id: sub"),
            ]
        case .choices:
            [
                .init(
                    .account,
                    "choices: # choices\n  request:\n    url: https://acme.example/sites\n  id: id\n  keepAs: site"
                )
            ]
        case .choicesRequest:
            Self.choices.given + [.init(.choices, "request: # choices request\n  url: https://acme.example/sites")]
        case .verification:
            [.init(.keyOption, "verification: # verification\n  request:\n    url: https://acme.example/check")]
        case .verificationRequest:
            Self.verification.given + [
                .init(.verification, "request: # verification request\n  url: https://acme.example/check")
            ]
        case .revocation:
            Self.useless + [.init(.oauth2, "revocation: # revocation\n  url: https://acme.example/end")]
        case .api: [.init(.integration, "api: # api\n  baseUrl: https://api.acme.example")]
        case .optionAPI: [.init(.option, "api: # option api\n  baseUrl: https://api.acme.example")]
        case .accountBasic:
            Self.accountRequest.given + [.init(.accountRequest, "basic: # account basic\n  password: fixed")]
        case .choicesBasic:
            Self.choicesRequest.given + [.init(.choicesRequest, "basic: # choices basic\n  password: fixed")]
        case .verificationBasic:
            Self.verificationRequest.given + [
                .init(.verificationRequest, "basic: # verification basic\n  password: fixed")
            ]
        case .revocationBasic:
            Self.revocation.given + [.init(.revocation, "basic: # revocation basic\n  password: fixed")]
        case .apiBasic: Self.api.given + [.init(.api, "basic: # api basic\n  password: fixed")]
        case .optionAPIBasic: Self.optionAPI.given + [.init(.optionAPI, "basic: # option api basic\n  password: fixed")]
        }
    }

    /// Id_tokens are checked.
    static let identity: [Definition.Change] = [
        .init(
            .oauth2,
            "issuer: https://acme.example\njwksUrl: https://acme.example/jwks\nidTokenAlgorithms: [ES256]"
        )
    ]

    /// There is nothing to connect behind the tokens, which are then given back.
    static let useless: [Definition.Change] = [
        .init(.account, "choices: {request: {url: https://acme.example/nothing}, id: id, keepAs: site}")
    ]
}
