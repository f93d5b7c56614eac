import Foundation
import Hummingbird
import StrictJSON

/// The second exchange that Facebook, Instagram and Threads have instead of refresh tokens.
extension Sandbox {
    /// Takes a live access token for a long-lived one, or renews a long-lived one.
    ///
    /// The parameters are in the query of a GET or the body of a POST; none of the three providers takes Basic.
    func exchangeToken(_ request: Request, context: SandboxRequestContext) async -> Response {
        await answering(request, endpoint: .exchange, context: context) { read, state in
            read.exchangeParameters.exchangedToken.flatMap(state.client(ofToken:))
        } process: { read, client throws(OAuthError) in
            guard let client else { throw .invalidGrant("the token is not known") }
            let exchange = client.quirks.exchange
            guard exchange.method == .either || exchange.method.rawValue == read.method.rawValue.lowercased() else {
                throw OAuthError(code: "invalid_request", description: "wrong method", status: .methodNotAllowed)
            }
            let token = try exchange.token(in: read.exchangeParameters, of: client)
            let longLived = try longLivedToken(for: token, exchange, isRenewal: read.exchangeParameters.isRenewal)
            var members: JSON.Object = ["access_token": .string(longLived), "token_type": "bearer"]
            if exchange.expiresInAnswer { members["expires_in"] = JSON(exchange.lifetime) }
            let path = exchange.answerPath
            return .json(.object(path.isEmpty ? members : JSON.Object(nesting: members, under: path)))
        }
    }

    private func longLivedToken(
        for token: String,
        _ exchange: ExchangeQuirks,
        isRenewal: Bool
    ) throws(OAuthError) -> String {
        let now = now()
        return try withState { (state) throws(OAuthError) in
            guard let known = state.grant(forAccessToken: token, now: now)?.token else {
                throw .invalidGrant("the token has expired or was revoked")
            }
            if isRenewal {
                guard known.isLongLived else { throw .invalidGrant("only a long-lived token can be renewed") }
                guard now.timeIntervalSince(known.issuedAt) >= Double(exchange.earliestRenewal) else {
                    throw .invalidRequest("the token is too young to be renewed")
                }
            }
            return state.issueAccessToken(
                known.grantID,
                scopes: known.scopes,
                lifetime: exchange.lifetime,
                isLongLived: true,
                now: now
            )
        }
    }
}

extension ExchangeQuirks {
    /// The token in a request that has what its grant type needs.
    fileprivate func token(in parameters: FormParameters, of client: SandboxClient) throws(OAuthError) -> String {
        let asked = parameters["grant_type"] ?? ""
        guard let needed = FormParameters.exchanges[asked],
            grantType.isEmpty || parameters.isRenewal || grantType == asked
        else { throw OAuthError(code: "unsupported_grant_type", description: "not offered here") }
        for name in needed where parameters[name] == nil { throw .invalidRequest("\(name) is missing") }
        if needed.contains("client_id"), parameters["client_id"] != client.id {
            throw .invalidClient("the token is another client's")
        }
        if needed.contains("client_secret"), parameters["client_secret"] != client.secret {
            throw .invalidClient("the client secret is wrong")
        }
        return parameters.exchangedToken ?? ""
    }
}

extension FormParameters {
    /// What each grant type needs; renewals need neither id nor secret.
    fileprivate static let exchanges = [
        "fb_exchange_token": ["client_id", "client_secret", "fb_exchange_token"],
        "ig_exchange_token": ["client_secret", "access_token"],
        "th_exchange_token": ["client_secret", "access_token"],
        "ig_refresh_token": ["access_token"],
        "th_refresh_token": ["access_token"],
    ]

    fileprivate var isRenewal: Bool { self["grant_type"]?.hasSuffix("_refresh_token") ?? false }

    fileprivate var exchangedToken: String? { self["fb_exchange_token"] ?? self["access_token"] }
}

extension TokenRequest {
    fileprivate var exchangeParameters: FormParameters { method == .get ? query : parameters }
}
