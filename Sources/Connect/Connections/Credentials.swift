internal import Foundation
internal import OAuth
internal import Secrecy
internal import Storage
internal import StrictJSON

/// What a connection keeps sealed: the credential itself and, for OAuth, what it takes to refresh it.
enum Credentials: Concealed {
    case oauth2(OAuthGrant)
    case secretText(Secret, inputs: [String: String])
    case basicAuth(username: String, password: Secret, inputs: [String: String])
    case customAuth([String: String])

    /// As it is sealed.
    var json: JSON {
        switch self {
        case .oauth2(let grant): grant.json
        case .secretText(let secret, let inputs):
            ["secretText": .string(secret.reveal()), "inputs": .object(JSON.Object(inputs))]
        case .basicAuth(let username, let password, let inputs):
            [
                "username": .string(username), "password": .string(password.reveal()),
                "inputs": .object(JSON.Object(inputs)),
            ]
        case .customAuth(let props): ["props": .object(JSON.Object(props))]
        }
    }

    var bytes: Data { Data(json.bytes) }
}

extension Credentials {
    /// Credentials as `json` wrote them; nothing where they are of another kind.
    init?(_ json: JSON, as kind: Connection.Kind) {
        let inputs = json["inputs"]?.object?.texts ?? [:]
        switch kind {
        case .oauth2, .platformOAuth2:
            guard let grant = OAuthGrant(json) else { return nil }
            self = .oauth2(grant)
        case .secretText:
            guard let secret = json["secretText"]?.string else { return nil }
            self = .secretText(Secret(secret), inputs: inputs)
        case .basicAuth:
            guard let username = json["username"]?.string, let password = json["password"]?.string else { return nil }
            self = .basicAuth(username: username, password: Secret(password), inputs: inputs)
        case .customAuth:
            guard let props = json["props"]?.object?.texts else { return nil }
            self = .customAuth(props)
        }
    }
}

/// An OAuth grant, with the endpoints and client that issued it: a refresh must go back to the same.
struct OAuthGrant: Concealed {
    let accessToken: Secret
    let tokenType: String
    let refreshToken: Secret?
    var data: JSON.Object
    let inputs: [String: String]
    let endpoints: ProviderEndpoints
    let clientID: String
    let isPlatformApp: Bool
    /// The person's own, where it is they who have the client (RFC 6749 §4.4).
    var clientSecret: Secret?
    /// Whom the id_token named (OpenID Connect Core §2); a refresh must name the same.
    var subject: String?
    /// What that id_token answered, and a later one may repeat.
    var nonce: String?

    var json: JSON {
        [
            "accessToken": .string(accessToken.reveal()),
            "tokenType": .string(tokenType),
            "refreshToken": JSON(refreshToken?.reveal()),
            "data": .object(data),
            "inputs": .object(JSON.Object(inputs)),
            "endpoints": endpoints.json,
            "clientId": .string(clientID),
            "isPlatformApp": .bool(isPlatformApp),
            "clientSecret": JSON(clientSecret?.reveal()),
            "subject": JSON(subject),
            "nonce": JSON(nonce),
        ]
    }
}

extension OAuthGrant {
    init?(_ json: JSON) {
        // Grants of the first versions kept the token endpoint alone.
        let token = json["tokenUrl"]?.string.map { ProviderEndpoints(authorization: "", token: $0) }
        guard let accessToken = json["accessToken"]?.string, let clientID = json["clientId"]?.string,
            let endpoints = json["endpoints"].flatMap(ProviderEndpoints.init) ?? token
        else { return nil }
        self.init(
            accessToken: Secret(accessToken),
            tokenType: json["tokenType"]?.string ?? "Bearer",
            refreshToken: json["refreshToken"]?.string.map { Secret($0) },
            data: json["data"]?.object ?? [:],
            inputs: json["inputs"]?.object?.texts ?? [:],
            endpoints: endpoints,
            clientID: clientID,
            isPlatformApp: json["isPlatformApp"]?.bool ?? false,
            clientSecret: json["clientSecret"]?.string.map { Secret($0) },
            subject: json["subject"]?.string,
            nonce: json["nonce"]?.string
        )
    }
}
