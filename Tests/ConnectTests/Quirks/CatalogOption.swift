import OAuth
import Testing

@testable import Integrations

/// One way of the catalog's to get tokens, and what the portal will know of it when it does.
struct CatalogOption: Sendable, CustomTestStringConvertible {
    let integration: Integration
    let option: AuthOption
    let oauth: OAuthTemplate

    init?(_ integration: Integration, _ option: AuthOption) {
        guard let oauth = option.issuer else { return nil }
        self.integration = integration
        self.option = option
        self.oauth = oauth
    }

    /// Every one there is, the sandbox's own among them.
    static let all = Result {
        try Catalog.load(variables: ["sandbox": "https://sandbox.example"]).integrations.flatMap { integration in
            integration.auth.compactMap { CatalogOption(integration, $0) }
        }
    }

    /// The integration, with the option where it has several.
    var name: String {
        let isOnlyOne = integration.auth.count { $0.issuer != nil } == 1
        return isOnlyOne ? integration.name : "\(integration.name)/\(option.key)"
    }

    var testDescription: String { name }

    var provider: OAuthProvider { oauth.provider }
    var isSignIn: Bool { option.oauth != nil }
    var checksIDTokens: Bool { isSignIn && (oauth.isDiscovered || provider.endpoints.keys != nil) }

    static let client = ClientCredentials(
        id: "2f1c9e6a-0b5d-4c1e-9a57-3d2f8b6a7c10",
        secret: Secret("s3cret+with/odd:chars%&=end")
    )

    /// What the person types, as they would copy it from the example in the box.
    var typed: [String: String] {
        var typed = ["clientId": Self.client.id, "clientSecret": Self.client.secret?.reveal() ?? ""]
        for field in integration.inputs {
            typed[field.key] = field.defaultValue ?? field.options.first?.value ?? field.placeholder ?? "acme"
        }
        return typed
    }

    /// What the OAuth app has beside id and secret.
    var appParameters: [String: String] {
        Dictionary(uniqueKeysWithValues: oauth.appParameters.map { ($0, "app-\($0)") })
    }

    /// Everything that a template can know but the tokens.
    var values: [String: String] {
        var values = typed
        for field in integration.inputs { values[field.key] = (try? field.value(from: typed[field.key])) ?? nil }
        for (name, value) in appParameters { values["app.\(name)"] = value }
        for name in provider.keepFromToken + provider.keepFromCallback { values["data.\(name)"] = kept(name) }
        return values
    }

    /// What the provider tells under a name: an address or a host where that is made of it, else anything.
    func kept(_ name: String) -> String {
        let addresses = [option.account?.request, option.choices?.request, oauth.revocation].compactMap { $0?.url }
        let host = "kept" + (oauth.allowedHosts.first { $0.hasPrefix(".") } ?? ".example")
        if addresses.contains(where: { $0.leadingPlaceholder == "data.\(name)" }) { return "https://\(host)" }
        if addresses.contains(where: { $0.hostPlaceholders.contains("data.\(name)") }) { return host }
        return "kept-" + name.replacing(".", with: "-")
    }

    /// A template as the portal will fill it, with `*` for the tokens that nobody knows yet.
    func filled(_ template: Template) throws -> String {
        try template.filled(with: values.merging(["accessToken": "*", "refreshToken": "*"]) { $1 })
    }

    func filled(_ parameters: [String: String]) throws -> [String: String] {
        try parameters.mapValues { try filled(Template($0)) }
    }
}

extension AccountLookup {
    var request: RequestTemplate? { if case .request(let request) = source { request } else { nil } }
}
