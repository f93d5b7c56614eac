import Hummingbird
import StrictJSON

/// The provider's own little API, for checking any kind of credential.
extension Sandbox {
    /// Accepts an access token, an API key as Bearer or as Basic user name, and a user name with its password.
    func whoami(_ request: Request, context: SandboxRequestContext) async -> Response {
        let granted = grant(behind: request)?.grant
        note(.whoami, method: request.method, clientID: granted?.clientID, parameters: FormParameters())
        return await withFaults(of: granted?.clientID, at: .whoami, context: context) {
            if let user = granted?.user { return Self.describe(user, via: "access_token") }
            if let token = Self.bearerToken(request), let user = users.first(where: { $0.apiKey == token }) {
                return Self.describe(user, via: "api_key")
            }
            guard let basic = request.headers[.authorization].flatMap(BasicCredentials.init) else {
                return Self.refuseToken()
            }
            if let user = users.first(where: { $0.apiKey == basic.username }) {
                return Self.describe(user, via: "api_key")
            }
            guard let user = user(named: basic.username), user.password == basic.password else {
                return Self.refuseToken()
            }
            return Self.describe(user, via: "password")
        }
    }

    /// Two sites to choose from after consent, as at Atlassian or Xero.
    func sites(_ request: Request) -> Response {
        guard grant(behind: request)?.grant.user != nil else { return Self.refuseToken() }
        return .json([
            ["id": "site-1", "name": "Acme", "url": .string(issuer + "/sites/acme")],
            ["id": "site-2", "name": "Acme Labs", "url": .string(issuer + "/sites/acme-labs")],
        ])
    }

    private static func describe(_ user: SandboxUser, via credential: String) -> Response {
        .json([
            "id": .string(user.id),
            "name": .string(user.name),
            "email": .string(user.email),
            "via": .string(credential),
        ])
    }
}
