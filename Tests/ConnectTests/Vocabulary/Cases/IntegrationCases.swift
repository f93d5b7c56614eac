import Integrations
import Storage
import StrictJSON

extension VocabularyCase {
    static let integration = [
        VocabularyCase(.integration, "name: other") { $0.integration.name == "other" && $0.isConnected },
        VocabularyCase(.integration, "displayName: Acme Cloud") { $0.integration.displayName == "Acme Cloud" },
        VocabularyCase(.integration, "description: All things") { $0.integration.description == "All things" },
        VocabularyCase(.integration, "categories: [PAYMENT_PROCESSING, COMMERCE]") {
            $0.integration.categories == ["PAYMENT_PROCESSING", "COMMERCE"]
        },
        VocabularyCase(.integration, "color: \"#445566\"") { $0.integration.color == "#445566" },
        VocabularyCase(.integration, "website: https://acme.example") {
            $0.integration.website == "https://acme.example"
        },
        VocabularyCase(.integration, "docs: https://acme.example/docs#oauth") {
            $0.integration.docs == "https://acme.example/docs#oauth"
        },
        VocabularyCase(.integration, "checked: 2026-11-21") { $0.integration.checked == "2026-11-21" },
        VocabularyCase(.integration, "inputs: [{key: zone, label: Zone, default: z1}]") {
            $0.credentials["inputs"] == ["zone": "z1"]
        },
        VocabularyCase(.integration, "auth: [{key: only, type: SECRET_TEXT, displayName: Key}]") {
            $0.connection?.authMethodKey == "only" && $0.credentials["secretText"] == "key-1"
        },
        VocabularyCase(.integration, "api: {baseUrl: https://other.example}") {
            $0.integration.auth.allSatisfy { $0.api?.baseURL == "https://other.example" }
        },
    ]

    static let options = [
        VocabularyCase(.option, "key: renamed") { $0.connection?.authMethodKey == "renamed" },
        VocabularyCase(.option, "displayName: Continue") { $0.integration.auth[0].displayName == "Continue" },
        VocabularyCase(.option, "description: With your account") {
            $0.integration.auth[0].description == "With your account"
        },
        VocabularyCase(.option, "oauth2: {authorizationUrl: https://b.example/a, tokenUrl: https://b.example/token}") {
            $0.authorizationURL.hasPrefix("https://b.example/a?") && $0.isConnected
        },
        VocabularyCase(.option, "account: {request: {url: https://acme.example/userinfo}, id: sub}") {
            $0.connection?.accountID == "u-1"
        },
        VocabularyCase(.option, "api: {baseUrl: https://own.example}") {
            $0.integration.auth.map { $0.api?.baseURL } == ["https://own.example", "https://api.acme.example"]
        },
        VocabularyCase(.keyOption, "type: CUSTOM_AUTH") {
            $0.connection?.type == .customAuth && $0.credentials["props"]?["secret"] == "key-1"
        }.byKey,
        VocabularyCase(.keyOption, "fields: [{key: secret, label: Token, type: multiline}]") {
            $0.integration.auth[1].fields.map(\.type) == [.multiline] && $0.isConnected
        }.byKey,
        VocabularyCase(.keyOption, "verification: {request: {url: https://acme.example/check}}") {
            $0.request("/check") != nil && $0.isConnected
        }.byKey,
    ]
}
