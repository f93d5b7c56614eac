import Foundation
import StrictJSON
import Views

/// The API calls behind the gallery, as commands to paste into a shell.
extension SampleApp {
    func exampleCalls(_ services: [String: Service]) -> [View] {
        let integration = gallery.exhibits.first?.name ?? "sandbox"
        let body = mintBody(integration, displayName: services[integration]?.displayName ?? integration)
        return [
            [
                "title": .text("Mint a connect token for your user"),
                "text": .text("The answer has a connectUrl to open in a popup, and a sessionId."),
                "command": .text(curl("-X POST", "/api/v1/connect/token", body)),
            ],
            [
                "title": .text("See how the session went"),
                "text": .text("Its status goes from PENDING to COMPLETED; then it has a connectionId."),
                "command": .text(curl(nil, "/api/v1/connect/session/$SESSION_ID", nil)),
            ],
            [
                "title": .text("Read the connection"),
                "text": .text("Who is connected, with which scopes, and whether it works."),
                "command": .text(curl(nil, "/api/v1/connections?id=$CONNECTION_ID", nil)),
            ],
        ]
    }

    /// How to tell the portal about an app that is registered at a provider.
    var registration: String {
        let body: JSON.Object = ["integrationName": "slack", "clientId": "…", "clientSecret": "…"]
        return curl("-X POST", "/api/v1/oauth-apps", body)
    }

    private func curl(_ method: String?, _ path: String, _ body: JSON.Object?) -> String {
        var parts = ["curl" + (method.map { " " + $0 } ?? "") + " \"\(portalURL)\(path)\""]
        parts.append("-H \"Authorization: Bearer $PORTAL_API_KEY\"")
        if let body {
            parts.append("-H \"Content-Type: application/json\"")
            parts.append("-d '\(Self.lines(body))'")
        }
        return parts.joined(separator: " \\\n  ")
    }

    /// One member a line, safe inside single quotes.
    private static func lines(_ body: JSON.Object) -> String {
        let members = body.members.map { "    \(JSON.string($0.name).text): \($0.value.text)" }
        return "{\n" + members.joined(separator: ",\n").replacingOccurrences(of: "'", with: #"'\''"#) + "\n  }"
    }
}
