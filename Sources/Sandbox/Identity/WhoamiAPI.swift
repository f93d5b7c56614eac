import Foundation
import Hummingbird
import NIOCore
import StrictJSON

/// The provider's own little API, for checking any kind of credential.
extension Sandbox {
    /// Accepts an access token as the client's `AccountQuirks` want it, a user name with its password, and an API key
    /// in any header field or query parameter.
    func whoami(_ request: Request, context: SandboxRequestContext) async -> Response {
        let body = (try? await request.body.collect(upTo: FormParameters.bodyLimit)).map { String(buffer: $0) } ?? ""
        let holder = tokenHolder(request)
        note(.whoami, method: request.method, clientID: holder?.client.id, parameters: FormParameters())
        return await withFaults(of: holder?.client.id, at: .whoami, context: context) {
            guard let holder else { return person(behind: request) ?? Self.refuseToken() }
            let quirks = holder.client.quirks.account
            let instance = context.parameters.get("instance")
            guard quirks.request.fits(request, body: body),
                let grant = grant(for: holder.token, in: request, quirks, instance: instance)
            else { return quirks.refusal.answer }
            let account = grant.user.map { Account($0, via: "access_token") } ?? Account(holder.client)
            return .json(account.document(quirks))
        }
    }

    private func person(behind request: Request) -> Response? {
        let words = Set(request.words)
        if let user = users.first(where: { words.contains($0.apiKey) }) { return describe(user, via: "api_key") }
        guard let basic = request.headers[.authorization].flatMap(BasicCredentials.init),
            let user = user(named: basic.username), user.password == basic.password
        else { return nil }
        return describe(user, via: "password")
    }

    private func describe(_ user: SandboxUser, via credential: String) -> Response {
        .json(Account(user, via: credential).document(AccountQuirks()))
    }
}

/// What the API tells about the holder of a credential.
struct Account {
    let id: String
    let name: String
    let email: String
    let credential: String

    init(_ user: SandboxUser, via credential: String) {
        (id, name, email) = (user.id, user.name, user.email)
        self.credential = credential
    }

    /// The client itself, which the client credentials grant speaks for.
    init(_ client: SandboxClient) { (id, name, email, credential) = (client.id, client.name, client.name, "client") }

    func document(_ quirks: AccountQuirks) -> JSON {
        let digits = String(id.reversed().prefix { $0.isNumber }.reversed())
        let number = quirks.numericID ? Int(digits).map(JSON.init) : nil
        var document = JSON(placing: number ?? .string(id), at: quirks.idPath)
        if !quirks.labelPath.isEmpty, quirks.labelPath != quirks.idPath {
            document = document.merging(JSON(placing: .string(email), at: quirks.labelPath))
        }
        guard var members = document.object else { return document }
        for (name, value) in [("name", name), ("via", credential)] where members[name] == nil {
            members[name] = .string(value)
        }
        return .object(members)
    }
}
