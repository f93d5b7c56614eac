import OAuth
import Outbound
import StrictJSON

/// How the client proves what it is.
extension VocabularyCase {
    static let clients = [
        VocabularyCase(.oauth2, "clientAuthentication: client_secret_post") {
            $0.tokenRequest?.form["client_secret"] == "secret/1" && $0.tokenRequest?.header("Authorization") == nil
        },
        // `client:secret/1` as it is.
        VocabularyCase(.oauth2, "encodeBasicCredentials: false") {
            $0.tokenRequest?.header("Authorization") == "Basic Y2xpZW50OnNlY3JldC8x"
        },
        VocabularyCase(.oauth2, "assertionAudience: endpoint") {
            $0.tokenRequest?.assertedAudience == "https://acme.example/token"
        }
        .given(.oauth2, "issuer: https://acme.example\nclientAuthentication: private_key_jwt")
        .clientSecret(SignedIdentity.keyText),
        VocabularyCase(.oauth2, "revocationClientAuthentication: client_secret_post") {
            $0.request("/revoke")?.form["client_secret"] == "secret/1"
                && $0.tokenRequest?.header("Authorization") != nil
        }
        .given(.oauth2, "revocationUrl: https://acme.example/revoke").given(Level.useless),
        VocabularyCase(.oauth2, "parameterNames: {client_id: client_key, code: auth_code}") {
            $0.authorization["client_key"] == "client" && $0.authorization["client_id"] == nil
                && $0.tokenRequest?.form["auth_code"] == "code-1"
        },
    ]
}

extension OutboundRequest {
    /// `aud` of the client assertion in the body.
    fileprivate var assertedAudience: String? {
        let parts = form["client_assertion"]?.split(separator: ".") ?? []
        guard parts.count == 3, let claims = Base64URL.decode(parts[1]) else { return nil }
        return (try? JSON.parse(Array(claims)))?["aud"]?.string
    }
}
