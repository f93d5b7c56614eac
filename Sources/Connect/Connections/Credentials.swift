internal import Foundation
internal import OAuth
internal import Storage
internal import StrictJSON

/// What a connection keeps sealed: the credential itself and, for OAuth, what it takes to refresh it.
enum Credentials {
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

/// An OAuth grant, with the endpoint and client that issued it: a refresh must go back to the same.
struct OAuthGrant {
    let accessToken: Secret
    let tokenType: String
    let refreshToken: Secret?
    let data: JSON.Object
    let inputs: [String: String]
    let tokenURL: String
    let clientID: String
    let isPlatformApp: Bool

    var json: JSON {
        [
            "accessToken": .string(accessToken.reveal()),
            "tokenType": .string(tokenType),
            "refreshToken": JSON(refreshToken?.reveal()),
            "data": .object(data),
            "inputs": .object(JSON.Object(inputs)),
            "tokenUrl": .string(tokenURL),
            "clientId": .string(clientID),
            "isPlatformApp": .bool(isPlatformApp),
        ]
    }
}

extension OAuthGrant {
    init?(_ json: JSON) {
        guard let accessToken = json["accessToken"]?.string, let tokenURL = json["tokenUrl"]?.string,
            let clientID = json["clientId"]?.string
        else { return nil }
        self.init(
            accessToken: Secret(accessToken),
            tokenType: json["tokenType"]?.string ?? "Bearer",
            refreshToken: json["refreshToken"]?.string.map { Secret($0) },
            data: json["data"]?.object ?? [:],
            inputs: json["inputs"]?.object?.texts ?? [:],
            tokenURL: tokenURL,
            clientID: clientID,
            isPlatformApp: json["isPlatformApp"]?.bool ?? false
        )
    }
}
