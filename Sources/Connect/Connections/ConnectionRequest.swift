internal import Integrations
internal import OAuth
internal import Secrecy
internal import Storage
internal import StrictJSON

/// A connection whose credentials the app has already, checked field by field.
struct ConnectionRequest: Concealed {
    let type: Connection.Kind
    let externalID: String
    let displayName: String
    let integrationName: String
    let authMethodKey: String?
    let workspaceID: Workspace.ID?
    let endUserExternalID: String?
    let scope: Connection.Scope
    let oauthAppID: String?
    private let input: Input

    init(_ body: JSON) throws(PortalError) {
        var input = try Input(body)
        let type: Connection.Kind? = input.choice("type")
        if type == nil, !input.hasFault("type") { input.refuse("type", "is required") }
        self.type = type ?? .secretText
        externalID = input.text("externalId")
        displayName = input.text("displayName")
        integrationName = input.text("integrationName", limit: 63)
        authMethodKey = input.optionalText("authMethodKey", limit: 63)
        workspaceID = input.optionalID("workspaceId")
        endUserExternalID = input.optionalText("endUserId")
        scope = input.choice("scope") ?? (endUserExternalID == nil ? .organization : .user)
        oauthAppID = input.optionalID("oauthAppId", of: OAuthApp.self)?.rawValue

        if scope != .organization, workspaceID == nil {
            input.refuse("workspaceId", "is required for the scope \(scope.rawValue)")
        }
        if scope == .user, endUserExternalID == nil { input.refuse("endUserId", "is required for the scope USER") }
        if scope != .user, endUserExternalID != nil { input.refuse("scope", "must be USER when endUserId is given") }
        self.input = input
    }

    /// The option of the integration that these credentials are for; throws where it is not clear.
    func option(of integration: Integration) throws(PortalError) -> AuthOption {
        let type = type == .platformOAuth2 ? Connection.Kind.oauth2.rawValue : type.rawValue
        let fitting = integration.auth.filter { $0.type == type && (authMethodKey == nil || $0.key == authMethodKey) }
        if fitting.count == 1 { return fitting[0] }
        let keys = integration.auth.filter { $0.type == type }.map(\.key)
        guard !keys.isEmpty else {
            let types = Set(integration.auth.map(\.type)).sorted().joined(separator: ", ")
            throw .validation([("type", "must be one that \(integration.name) has: \(types)")])
        }
        throw .validation([("authMethodKey", "must be one of \(keys.joined(separator: ", "))")])
    }

    /// Only the shape, for an integration that is not known.
    func checkShape() throws(PortalError) { try input.finish() }

    /// The credentials that the body holds; throws `PortalError` naming each bad field of the whole body.
    func credentials(for option: AuthOption, _ integration: Integration) throws(PortalError) -> GivenCredentials {
        var input = input
        let inputs = input.values(of: integration.inputs, in: "props")
        let credentials: Credentials
        switch option.method {
        case .secretText:
            credentials = .secretText(input.secret("secretText") ?? Secret(""), inputs: inputs)
        case .basicAuth:
            let username = input.secret("username")?.reveal() ?? ""
            credentials = .basicAuth(
                username: username,
                password: input.secret("password") ?? Secret(""),
                inputs: inputs
            )
        case .customAuth(let fields):
            if !input.isGiven("props") { input.refuse("props", "is required") }
            credentials = .customAuth(inputs.merging(input.values(of: fields, in: "props")) { $1 })
        case .oauth2(let oauth), .clientCredentials(let oauth, _, _):
            return try grant(&input, oauth, inputs)
        }
        try input.finish()
        return GivenCredentials(credentials: credentials, scopes: [], lifetime: nil)
    }

    private func grant(
        _ input: inout Input,
        _ oauth: OAuthTemplate,
        _ inputs: [String: String]
    ) throws(PortalError) -> GivenCredentials {
        let accessToken = input.secret("accessToken")
        let refreshToken = input.secret("refreshToken", isRequired: false)
        let tokenType = input.optionalText("tokenType", limit: 40) ?? "Bearer"
        let lifetime = input.integer("expiresIn", in: 1...315_360_000, default: 0)
        let scopes = input.optionalText("scope_oauth", limit: 4000)?.split { $0 == " " || $0 == "," }.map(String.init)
        let data = input.object("data")
        try input.finish()
        let endpoints = try? oauth.provider(with: inputs).endpoints
        let grant = OAuthGrant(
            accessToken: accessToken ?? Secret(""),
            tokenType: tokenType,
            refreshToken: refreshToken,
            data: data.object ?? [:],
            inputs: inputs,
            endpoints: endpoints ?? oauth.endpoints,
            clientID: "",
            isPlatformApp: type == .platformOAuth2
        )
        return GivenCredentials(
            credentials: .oauth2(grant),
            scopes: scopes ?? [],
            lifetime: lifetime > 0 ? lifetime : oauth.assumedLifetime
        )
    }
}

/// The credentials of a request, with what is kept beside them in clear.
struct GivenCredentials {
    let credentials: Credentials
    let scopes: [String]
    /// Seconds.
    let lifetime: Int?
}

extension Input {
    /// The values of a form's fields, given as members of an object; faults are named `props.domain`.
    fileprivate mutating func values(of fields: [Field], in name: String) -> [String: String] {
        let given = object(name)
        var values: [String: String] = [:]
        for field in fields {
            let typed: String? =
                switch given[field.key] {
                case .string(let text)?: text
                case .integer(let integer)?: String(integer)
                case .bool(let bool)?: String(bool)
                default: nil
                }
            do { values[field.key] = try field.value(from: typed) } catch {
                refuse("\(name).\(field.key)", error.sentence)
            }
        }
        return values
    }
}
