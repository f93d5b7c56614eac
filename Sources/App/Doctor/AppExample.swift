import Integrations
import OAuth
import StrictJSON

/// How an OAuth app is added, ready to be copied.
struct AppExample {
    let integration: Integration

    init(_ integration: Integration) { self.integration = integration }

    /// An entry of the file that `PORTAL_OAUTH_APPS` names.
    var yaml: String {
        let parameters = integration.appParameters.map { "    \($0): …" }
        let lines = ["- integrationName: \(integration.name)", "  clientId: …", "  clientSecret: \(secret)"]
        return (lines + (parameters.isEmpty ? [] : ["  extraParams:"] + parameters)).joined(separator: "\n")
    }

    /// A call of `POST /api/v1/oauth-apps`.
    func call(publicURL: String) -> String {
        var body: JSON.Object = [
            "integrationName": .string(integration.name), "clientId": "…", "clientSecret": .string(secret),
        ]
        if !integration.appParameters.isEmpty {
            var parameters = JSON.Object()
            for name in integration.appParameters { parameters[name] = "…" }
            body["extraParams"] = .object(parameters)
        }
        return """
            curl -s \(publicURL)/api/v1/oauth-apps -H "Authorization: Bearer $API_KEY" \\
              -H 'Content-Type: application/json' -d '\(JSON.object(body).text)'
            """
    }

    private var secret: String {
        let signs = integration.auth.contains { $0.oauth?.clientAuthentication == .privateKeyJWT }
        return signs ? "… (the private key, PEM or JWK)" : "…"
    }
}
