import Connect
import Integrations
import OAuth
import StrictJSON

extension Doctor {
    private static let subject = "OAuth app"

    /// Which OAuth apps there are, and what they lack.
    func appFindings(_ integration: Integration, _ apps: [KnownApp]) -> [Finding] {
        guard !apps.isEmpty else { return [noApp(integration)] }
        return apps.map { app in
            let missing = integration.appParameters.filter { app.parameters[$0]?.isEmpty ?? true }
            guard !missing.isEmpty else { return .good(Self.subject, app.name) }
            return .bad(
                Self.subject,
                "\(app.name) has no \(missing.joined(separator: ", ")) among its extraParams",
                "\(integration.displayName) needs it; its documentation is at \(integration.docs ?? "its website")"
            )
        }
    }

    private func noApp(_ integration: Integration) -> Finding {
        .bad(
            Self.subject,
            "there is none, so nobody can sign in with \(integration.displayName)",
            "Register one there with the redirect URI above.",
            "For every organization, add it to the file that PORTAL_OAUTH_APPS names, and start the server again:",
            .copy(AppExample(integration).yaml),
            "Or for the organization of an API key, by the API:",
            .copy(AppExample(integration).call(publicURL: settings.publicURL.origin))
        )
    }

    /// How the client proves itself; nothing is left to try where it cannot.
    func secretFindings(_ rehearsal: Rehearsal) -> [Finding]? {
        let secret = rehearsal.client.secret
        switch rehearsal.provider.clientAuthentication {
        case .privateKeyJWT: return keyFindings(secret)
        case .clientSecretBasic, .clientSecretPost:
            guard secret?.isEmpty ?? true else { return [] }
            return [.warning("client secret", "there is none, so the client is asked for as a public one")]
        case .none:
            guard let secret, !secret.isEmpty else { return [] }
            return [.good("client secret", "there is one, and the definition sends none")]
        }
    }

    private func keyFindings(_ secret: Secret?) -> [Finding] {
        do throws(SigningKeyFault) {
            let key = try SigningKey(secret ?? Secret(""))
            return [
                .good(
                    "private key",
                    "\(key.publicKey.size), signs with \(key.algorithm.rawValue)",
                    "Register its public half at the provider, as this key set (JWKS):",
                    .copy(JSONWebKeySet(keys: [key.publicKey]).json.text)
                )
            ]
        } catch {
            return [
                .bad(
                    "private key",
                    "the client secret must be a private key: \(error.sentence)",
                    "Make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"
                )
            ]
        }
    }
}

extension KnownApp {
    /// Whose it is, with the beginning of its client id.
    var name: String {
        let shown = clientID.count > 12 ? clientID.prefix(8) + "…" : clientID.prefix(12)
        guard let id else { return "the operator's (PORTAL_OAUTH_APPS), client id \(shown)" }
        return "“\(displayName ?? "")” of the organization (\(id)), client id \(shown)"
    }
}

extension JSONWebKey {
    /// The kind of key and its size.
    fileprivate var size: String {
        let bits = json["n"]?.string.flatMap { Base64URL.decode($0) }.map { $0.count * 8 }
        return bits.map { "RSA, \($0) bits" } ?? json["crv"]?.string ?? "unknown"
    }
}
