import Integrations
import OAuth
import Storage
import StrictJSON

/// What goes through the browser, there and back.
extension VocabularyCase {
    static let authorization = [
        VocabularyCase(.oauth2, "scopes: [read, write]") {
            $0.authorization["scope"] == "read write" && $0.connection?.grantedScopes == ["read", "write"]
        }.answering("/token", ["access_token": "a"]),
        VocabularyCase(.oauth2, "scopeSeparator: \",\"") { $0.authorization["scope"] == "read,write" }
            .given(.oauth2, "scopes: [read, write]"),
        VocabularyCase(.oauth2, "scopeParameter: user_scope") {
            $0.authorization["user_scope"] == "read" && $0.authorization["scope"] == nil
        }.given(.oauth2, "scopes: [read]"),
        VocabularyCase(.oauth2, "grantsPartially: true") { $0.missingScopes == ["admin"] }
            .given(.oauth2, "scopes: [read, admin]"),
        VocabularyCase(.oauth2, "scopeAliases: {reading: read}") { $0.isConnected && $0.missingScopes.isEmpty }
            .given(.oauth2, "grantsPartially: true\nscopes: [reading]"),
        VocabularyCase(.oauth2, "callbackScopeParameter: granted") { $0.connection?.grantedScopes == ["read"] }
            .given(.oauth2, "scopes: [read, write]")
            .answering("/token", ["access_token": "a"]),
        VocabularyCase(.oauth2, "pkce: none") {
            $0.authorization["code_challenge"] == nil && $0.tokenRequest?.form["code_verifier"] == nil
                && $0.isConnected
        },
        VocabularyCase(.oauth2, "responseMode: form_post") { $0.authorization["response_mode"] == "form_post" },
        VocabularyCase(.oauth2, "codeParameter: other_code") { $0.tokenRequest?.form["code"] == "code-2" },
        VocabularyCase(.oauth2, "redirectUri: our-name") {
            $0.authorization["redirect_uri"] == "our-name" && $0.tokenRequest?.form["redirect_uri"] == "our-name"
        },
        // What an app has beside id and secret is for the address, unless it is for templates.
        VocabularyCase(.oauth2, "appParameters: [shopName]\nauthorizationParameters: {shop: \"{app.shopName}\"}") {
            $0.authorization["shop"] == "acme-shop" && $0.authorization["shopName"] == nil
        },
        VocabularyCase(.oauth2, "authorizationParameters: {prompt: \"{region}\"}") {
            $0.authorization["prompt"] == "eu"
        },
        VocabularyCase(.oauth2, "keepFromCallback: [realm]") { $0.credentials["data"] == ["realm": "r-1"] },
        VocabularyCase(.oauth2, "switchAccountParameters: {prompt: login}") {
            $0.authorization["prompt"] == "login"
        }.switching,
        VocabularyCase(.oauth2, "refusesEmbeddedBrowsers: true") { $0.oauth?.refusesEmbeddedBrowsers == true },
    ]
}
