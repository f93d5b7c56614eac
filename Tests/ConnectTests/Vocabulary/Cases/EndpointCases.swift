import OAuth
import Outbound
import Storage
import StrictJSON

/// Where the provider is asked.
extension VocabularyCase {
    static let endpoints = [
        VocabularyCase(.oauth2, "grant: client_credentials\nauthorizationUrl:") {
            $0.tokenRequest?.form["grant_type"] == "client_credentials" && $0.isConnected
        },
        VocabularyCase(
            .oauth2,
            "discovery: true\nissuer: https://acme.example\nauthorizationUrl:\ntokenUrl:"
        ) {
            $0.authorizationURL.hasPrefix("https://acme.example/found/authorize?")
                && $0.request("/found/token") != nil
        }.answering("/found/token", ["access_token": "found"]),
        VocabularyCase(.oauth2, "authorizationUrl: https://sign-in.example/start") {
            $0.authorizationURL.hasPrefix("https://sign-in.example/start?")
        },
        VocabularyCase(.oauth2, "tokenUrl: https://tokens.example/token") {
            $0.tokenRequest?.url == "https://tokens.example/token"
        },
        VocabularyCase(.oauth2, "allowedHosts: [.acme.example]") {
            $0.authorizationURL.hasPrefix("https://eu.acme.example/authorize?")
        }.given(.oauth2, "authorizationUrl: https://{region}.acme.example/authorize\nallowedHosts: [.b.example]"),
        VocabularyCase(.oauth2, "revocationUrl: https://acme.example/revoke") { attempt in
            attempt.requests.filter { $0.url == "https://acme.example/revoke" }.map { $0.form["token"] }
                == ["refresh-1", "access-1"]
        }.given(Level.useless),
        VocabularyCase(.oauth2, "userinfoUrl: https://acme.example/userinfo") { $0.connection?.accountID == "u-1" }
            .given(.account, "request:\nid:\nfromUserinfo: {id: sub}")
            .given(.oauth2, "userinfoUrl: https://acme.example/nowhere"),
        VocabularyCase(.oauth2, "jwksUrl: https://acme.example/jwks") { $0.isConnected }
            .given(Level.identity)
            .given(.oauth2, "jwksUrl: https://acme.example/nowhere"),
        VocabularyCase(.oauth2, "pushedAuthorizationUrl: https://acme.example/par") {
            $0.authorization["request_uri"] == "urn:acme:1" && $0.isConnected
        },
        VocabularyCase(.oauth2, "issuer: https://acme.example") { $0.session.errorCode == "issuer_mismatch" }
            .callback("&iss=https://evil.example"),
        VocabularyCase(.oauth2, "requiresIssuer: true") { $0.session.errorCode == "issuer_mismatch" }
            .given(.oauth2, "issuer: https://acme.example"),
    ]
}
