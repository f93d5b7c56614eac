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

    /// As bytes to be sealed.
    var bytes: Data {
        let json: JSON =
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
        return Data(json.bytes)
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
