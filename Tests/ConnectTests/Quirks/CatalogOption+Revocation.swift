import OAuth
import Sandbox
import StrictJSON

@testable import Integrations

extension CatalogOption {
    /// How the provider is asked to end tokens, as its own request says or by RFC 7009.
    func revocationQuirks() throws -> RevocationQuirks {
        var quirks = RevocationQuirks()
        switch provider.revocationClientAuthentication {
        case .clientSecretBasic?: quirks.clientAuthentication = .basic
        case .clientSecretPost?: quirks.clientAuthentication = .post
        case .privateKeyJWT?: quirks.clientAuthentication = .privateKeyJWT
        case .none?: quirks.clientAuthentication = .none
        case nil: break
        }
        guard let request = oauth.revocation else { return quirks }
        let message = try sample(request)
        let parameters = try message.parameters()
        quirks.method = request.method == "GET" ? .get : request.method == "DELETE" ? .delete : .post
        quirks.accepts =
            request.templates.contains { $0.placeholders.contains("refreshToken") } ? .refreshToken : .accessToken
        (quirks.tokenLocation, quirks.tokenParameter) = message.tokenPlace(among: parameters)
        // Whatever proves the client is demanded as it is.
        quirks.clientAuthentication = .ignored
        for header in message.headers where !header.value.contains("*") && header.name != "Accept" {
            quirks.requiredHeaders[header.name] = header.value
        }
        for (name, value) in parameters where !value.contains("*") { quirks.requiredParameters[name] = value }
        return quirks
    }

    private func sample(_ request: RequestTemplate) throws -> HTTPRequestMessage {
        var values = values
        for name in ["accessToken", "refreshToken"] { values[name] = "*" }
        return try request.message(with: values)
    }
}

extension HTTPRequestMessage {
    fileprivate var query: String { String(url.drop { $0 != "?" }.dropFirst()) }

    fileprivate func parameters() throws -> [String: String] {
        let body = body ?? []
        if isJSON {
            return try JSON.parse(body).object?.members.reduce(into: [:]) { $0[$1.name] = $1.value.string } ?? [:]
        }
        let pairs = [query, String(decoding: body, as: UTF8.self)].compactMap { FormParameters(encoded: $0) }.flatMap(
            \.pairs
        )
        return Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    private var isJSON: Bool { headers.contains { $0.value == "application/json" && $0.name == "Content-Type" } }

    fileprivate func tokenPlace(
        among parameters: [String: String]
    ) -> (location: RevocationQuirks.TokenLocation, parameter: String) {
        if let name = parameters.first(where: { $0.value == "*" })?.key {
            let isInQuery = FormParameters(encoded: query)?[name] != nil
            return (isInQuery ? .query : isJSON ? .json : .form, name)
        }
        return (headers.contains { $0.value.contains("*") } ? .bearer : .absent, "token")
    }
}
