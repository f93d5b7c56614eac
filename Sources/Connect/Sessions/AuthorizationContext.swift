internal import Foundation
internal import OAuth
internal import StrictJSON

/// Everything with which a code will be exchanged, taken when the person was sent to the provider.
///
/// The callback uses this snapshot and nothing else, so that editing an integration or an app in between cannot send the
/// code to another endpoint.
struct AuthorizationContext {
    let methodKey: String
    /// What the person typed before, such as a subdomain.
    let inputs: [String: String]
    let tokenURL: String
    let client: ClientCredentials
    let appID: String?
    let isPlatformApp: Bool
    let redirectURI: String
    let scopes: [String]
    let verifier: CodeVerifier?

    /// As bytes to be sealed.
    var bytes: Data {
        let json: JSON = [
            "method": .string(methodKey),
            "inputs": .object(JSON.Object(inputs)),
            "tokenUrl": .string(tokenURL),
            "clientId": .string(client.id),
            "clientSecret": JSON(client.secret?.reveal()),
            "appId": JSON(appID),
            "isPlatformApp": .bool(isPlatformApp),
            "redirectUri": .string(redirectURI),
            "scopes": JSON(scopes),
            "verifier": JSON(verifier?.secret.reveal()),
        ]
        return Data(json.bytes)
    }
}

extension AuthorizationContext {
    init?(_ bytes: Data) {
        guard let json = try? JSON.parse(Array(bytes)), let methodKey = json["method"]?.string,
            let tokenURL = json["tokenUrl"]?.string, let clientID = json["clientId"]?.string,
            let redirectURI = json["redirectUri"]?.string
        else { return nil }
        self.init(
            methodKey: methodKey,
            inputs: json["inputs"]?.object?.texts ?? [:],
            tokenURL: tokenURL,
            client: ClientCredentials(id: clientID, secret: json["clientSecret"]?.string.map { Secret($0) }),
            appID: json["appId"]?.string,
            isPlatformApp: json["isPlatformApp"]?.bool ?? false,
            redirectURI: redirectURI,
            scopes: json["scopes"]?.array?.compactMap(\.string) ?? [],
            verifier: json["verifier"]?.string.map { CodeVerifier(Secret($0)) }
        )
    }
}

extension JSON.Object {
    init(_ texts: [String: String]) {
        self.init()
        for (name, value) in texts.sorted(by: { $0.key < $1.key }) { self[name] = .string(value) }
    }

    /// The members that are texts.
    var texts: [String: String] {
        Dictionary(
            members.compactMap { member in member.value.string.map { (member.name, $0) } },
            uniquingKeysWith: { $1 }
        )
    }
}
