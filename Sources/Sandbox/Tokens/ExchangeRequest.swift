import HTTPTypes
import StrictJSON

/// A request to exchange a token, with its parameters in the query of a GET or the body of a POST.
struct ExchangeRequest {
    let method: String
    let parameters: FormParameters

    init(_ request: TokenRequest) {
        method = request.method.rawValue.lowercased()
        parameters = request.method == .get ? request.query : request.parameters
    }

    var token: String? { parameters["fb_exchange_token"] ?? parameters["access_token"] ?? parameters["refresh_token"] }

    /// What becomes of the token.
    var kind: Kind? { parameters["grant_type"].flatMap { Self.kinds[$0] } }

    enum Kind { case exchange, renewal, refresh }

    private static let kinds: [String: Kind] = [
        "fb_exchange_token": .exchange, "ig_exchange_token": .exchange, "th_exchange_token": .exchange,
        "ig_refresh_token": .renewal, "th_refresh_token": .renewal, "refresh_token": .refresh,
    ]

    /// What each grant type needs; renewals need neither id nor secret.
    private static let needs = [
        "fb_exchange_token": ["client_id", "client_secret", "fb_exchange_token"],
        "ig_exchange_token": ["client_secret", "access_token"],
        "th_exchange_token": ["client_secret", "access_token"],
        "ig_refresh_token": ["access_token"],
        "th_refresh_token": ["access_token"],
        "refresh_token": ["client_id", "client_secret", "refresh_token"],
    ]

    /// Checks the request against what the client's provider takes.
    func check(_ quirks: ExchangeQuirks, _ client: SandboxClient) throws(OAuthError) {
        guard quirks.method == .either || quirks.method.rawValue == method else {
            throw OAuthError(code: "invalid_request", description: "wrong method", status: .methodNotAllowed)
        }
        let asked = parameters["grant_type"] ?? ""
        guard let kind, kind != .exchange || quirks.grantType.isEmpty || quirks.grantType == asked else {
            throw OAuthError(code: "unsupported_grant_type", description: "not offered here")
        }
        let needed = Self.needs[asked] ?? []
        for name in needed where parameters[name] == nil { throw .invalidRequest("\(name) is missing") }
        guard !needed.contains("client_id") || parameters["client_id"] == client.id else {
            throw .invalidClient("the token is another client's")
        }
        guard !needed.contains("client_secret") || parameters["client_secret"] == client.secret else {
            throw .invalidClient("the client secret is wrong")
        }
    }
}
