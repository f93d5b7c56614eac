import OAuth
import Storage

@testable import Integrations

extension CatalogOption {
    /// What must come of the whole way, told in the words that `QuirkJourney` tells it.
    func expectation(at now: Instant) -> [String: String] {
        var expected = [
            "session": "COMPLETED",
            "scopes": granted.joined(separator: " "),
            "missing scopes": provider.grantsPartially ? withheld.joined(separator: " ") : "",
            "expiry": lifetime.map { (now + .seconds($0)).description } ?? "never",
            "kind": isSignIn ? "PLATFORM_OAUTH2" : "OAUTH2",
            "token type": oauth.longLivedExchange == nil ? provider.tokenType ?? "Bearer" : "bearer",
            "access token": oauth.longLivedExchange == nil ? "alive" : "long-lived",
            "refresh token": hasRefreshToken ? "alive" : "none",
            "subject": checksIDTokens && provider.scopes.contains("openid") ? Self.ada.id : "none",
            "account": account?.id ?? "none",
            "account label": account?.label ?? "none",
        ]
        if isSignIn {
            expected["refused code"] = "invalid_grant"
            expected["way back"] = provider.responseMode == .formPost ? "posted" : "redirected"
        }
        if option.choices != nil { expected["choices"] = "2" }
        for name in provider.keepFromToken + provider.keepFromCallback { expected["data.\(name)"] = kept(name) }
        if provider.keepFromToken.contains(provider.tokenResponse.scope) {
            expected["data.\(provider.tokenResponse.scope)"] = granted.joined(separator: provider.scopeSeparator)
        }
        if let choices = option.choices {
            expected["data.\(choices.idName)"] = "site-1"
            for name in choices.kept.keys { expected["data.\(name)"] = kept(name) }
        }
        expected.merge(renewal) { $1 }
        expected.merge(end) { $1 }
        return expected
    }

    /// Who signs in, or is the client, as the sandbox knows them.
    private struct Holder {
        let id: String
        let email: String
        let name: String
    }

    private static let ada = Holder(id: "sandbox-user-1", email: "ada@sandbox.example", name: "Ada Lovelace")
    private static let app = Holder(id: client.id, email: "The app", name: "The app")

    var scopeText: String { provider.scopes.joined(separator: provider.scopeSeparator) }

    /// What the person leaves out, where the provider lets them and it is neither all nor what tells who they are.
    var withheld: [String] {
        let needed = ["openid", "email", "profile", "offline_access"]
        guard provider.grantsPartially, provider.scopes.count > 1,
            let last = provider.scopes.last(where: { !needed.contains($0) })
        else { return [] }
        return [last]
    }

    private var granted: [String] {
        provider.scopes.filter { !withheld.contains($0) }
            .map { provider.callbackScopeParameter == nil ? provider.scopeAliases[$0] ?? $0 : $0 }
    }

    private var lifetime: Int? {
        if let known = provider.accessTokenLifetime { return known > 0 ? known : nil }
        return oauth.longLivedExchange == nil ? 3600 : 60 * 24 * 3600
    }

    /// Tokens that never end and those that are exchanged have none beside them.
    var hasRefreshToken: Bool {
        isSignIn && provider.accessTokenLifetime != 0 && oauth.longLivedExchange == nil && oauth.refreshExchange == nil
    }

    private var account: (id: String, label: String)? {
        let person = option.account.map { lookup in
            let known = isSignIn ? Self.ada : Self.app
            let label = claim(lookup.labelPath, of: known)
            if lookup.request != nil { return (known.id, lookup.labelPath == lookup.idPath ? known.id : known.email) }
            return (claim(lookup.idPath, of: known) ?? known.id, label ?? known.id)
        }
        guard let choices = option.choices else { return person }
        let site = ("site-1", choices.labelPath == choices.idPath ? "site-1" : "Acme")
        return person.map { ("\($0.0)/\(site.0)", "\($0.1) · \(site.1)") } ?? site
    }

    private func claim(_ name: String, of known: Holder) -> String? {
        switch name {
        case "sub": known.id
        case "email" where provider.scopes.contains("email"): known.email
        case "name" where provider.scopes.contains("profile"): known.name
        default: nil
        }
    }

    /// A renewed token, where there is something to renew it with.
    private var renewal: [String: String] {
        let isRenewable = hasRefreshToken || !isSignIn
        let renewed = oauth.refreshExchange != nil ? "long-lived" : isRenewable ? "alive" : "NOTHING_TO_REFRESH"
        return ["renewed token": renewed, "renewed refresh token": hasRefreshToken ? "alive" : "none"]
    }

    /// Which of the tokens are dead when the connection is ended at the provider.
    private var end: [String: String] {
        let token = oauth.longLivedExchange == nil ? "alive" : "long-lived"
        let refreshToken = hasRefreshToken ? "alive" : "none"
        guard let revocation = oauth.revocation else {
            let isKnown = provider.endpoints.revocation != nil || oauth.isDiscovered
            return [
                "ended token": isKnown ? "dead" : token,
                "ended refresh token": isKnown && hasRefreshToken ? "dead" : refreshToken,
            ]
        }
        let names = revocation.templates.flatMap(\.placeholders)
        // One that ends all that the client was given, and one that ends a refresh token with what came of it.
        let endsAll = revocationNamesClient || !names.contains("accessToken")
        return ["ended token": "dead", "ended refresh token": endsAll && hasRefreshToken ? "dead" : refreshToken]
    }
}
