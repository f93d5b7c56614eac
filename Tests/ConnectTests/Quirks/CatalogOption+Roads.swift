import OAuth

@testable import Integrations

extension CatalogOption {
    /// Points everything that the definition names at the sandbox, and nothing else; the definition stays as it is.
    func roads() throws -> [Road] {
        let endpoints = provider.endpoints
        var roads: [Road] = []
        func lead(_ method: String?, _ address: String?, to path: String) throws {
            guard let address, !address.isEmpty else { return }
            let filled = try filled(Template(address))
            roads.append(Road(method: method, address: WebAddress(filled)?.text ?? filled, path: path))
        }
        func lead(_ request: RequestTemplate?, to path: String) throws {
            guard let request else { return }
            roads.append(Road(method: request.method, address: try filled(request.url), path: path))
        }
        if oauth.isDiscovered { roads.append(Road(address: try issuer(), path: "", isPrefix: true)) }
        try lead("GET", endpoints.authorization, to: "/authorize")
        try lead("POST", endpoints.token, to: "/token")
        try lead("POST", endpoints.refresh, to: "/token/refresh")
        try lead("POST", endpoints.revocation, to: "/revoke")
        try lead("GET", endpoints.keys, to: "/jwks")
        try lead("POST", endpoints.pushedAuthorization, to: "/par")
        if case .userinfo? = option.account?.source { try lead("GET", endpoints.userinfo, to: "/userinfo") }
        for exchange in [oauth.longLivedExchange, oauth.refreshExchange].compactMap(\.self) {
            let address = try filled(exchange.url)
            roads.append(Road(method: exchange.method, address: address, path: "/token/long-lived"))
        }
        try lead(option.account?.request, to: "/api/whoami")
        try lead(option.choices?.request, to: "/api/sites")
        try lead(oauth.revocation, to: revocationNamesClient ? "/applications/\(Self.client.id)/grant" : "/revoke")
        return roads
    }

    /// As GitHub's address does.
    var revocationNamesClient: Bool { oauth.revocation?.url.placeholders.contains("clientId") == true }

    /// The issuer that the sandbox must be: the definition's own where it has one.
    func issuer() throws -> String {
        try provider.endpoints.issuer.map { try filled(Template($0)) } ?? "https://sandbox.test"
    }
}
