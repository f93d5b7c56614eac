internal import Foundation
internal import OAuth
internal import Secrecy
internal import StrictJSON

/// Everything with which a code will be exchanged, taken when the person was sent to the provider.
///
/// The callback uses this snapshot and nothing else, so that editing an integration or an app in between cannot send the
/// code to another endpoint.
struct AuthorizationContext: Concealed {
    let methodKey: String
    /// What the person typed before, such as a subdomain, and what the OAuth app has beside id and secret.
    let inputs: [String: String]
    let endpoints: ProviderEndpoints
    let client: ClientCredentials
    let appID: String?
    let isPlatformApp: Bool
    /// Our address, to which the person must come back.
    let callbackURL: String
    /// What the provider was given for it, mostly the same.
    let redirectURI: String
    let scopes: [String]
    let verifier: CodeVerifier?
    let nonce: String?

    /// As bytes to be sealed.
    var bytes: Data {
        let json: JSON = [
            "method": .string(methodKey),
            "inputs": .object(JSON.Object(inputs)),
            "endpoints": endpoints.json,
            "clientId": .string(client.id),
            "clientSecret": JSON(client.secret?.reveal()),
            "appId": JSON(appID),
            "isPlatformApp": .bool(isPlatformApp),
            "callbackUrl": .string(callbackURL),
            "redirectUri": .string(redirectURI),
            "scopes": JSON(scopes),
            "verifier": JSON(verifier?.secret.reveal()),
            "nonce": JSON(nonce),
        ]
        return Data(json.bytes)
    }
}

extension AuthorizationContext {
    init?(_ bytes: Data) {
        guard let json = try? JSON.parse(Array(bytes)), let methodKey = json["method"]?.string,
            let endpoints = json["endpoints"].flatMap(ProviderEndpoints.init),
            let clientID = json["clientId"]?.string, let callbackURL = json["callbackUrl"]?.string,
            let redirectURI = json["redirectUri"]?.string
        else { return nil }
        self.init(
            methodKey: methodKey,
            inputs: json["inputs"]?.object?.texts ?? [:],
            endpoints: endpoints,
            client: ClientCredentials(id: clientID, secret: json["clientSecret"]?.string.map { Secret($0) }),
            appID: json["appId"]?.string,
            isPlatformApp: json["isPlatformApp"]?.bool ?? false,
            callbackURL: callbackURL,
            redirectURI: redirectURI,
            scopes: json["scopes"]?.array?.compactMap(\.string) ?? [],
            verifier: json["verifier"]?.string.map { CodeVerifier(Secret($0)) },
            nonce: json["nonce"]?.string
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
