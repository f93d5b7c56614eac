import Connect
import OAuth
import Storage
import StrictJSON
import TestSupport

/// Steps of a person and an app, shared by the tests.
extension TestPortal {
    func mint(_ changes: JSON.Object = [:]) async throws -> MintedSession {
        var body: JSON.Object = [
            "integrationName": "sandbox", "connectionName": "Ada's notes", "externalId": "acct-1",
            "authMethodKey": "oauth2",
            "workspaceId": .string(firstStart.workspace.id.rawValue),
        ]
        for member in changes.members { body[member.name] = member.value }
        return try await portal.mintSession(.object(body), for: key)
    }

    /// An end user of a workspace that offers two integrations.
    func endUserWithOffers(_ externalID: String) async throws -> EndUser {
        let workspace = firstStart.workspace.id
        for (name, method) in [("sandbox", "oauth2"), ("openai", "api_key")] {
            _ = try await portal.addIntegration(
                to: workspace,
                ["integrationName": .string(name), "authMethodKey": .string(method)],
                for: key
            )
        }
        return try await portal.createEndUser(
            ["workspaceId": .string(workspace.rawValue), "externalId": .string(externalID)],
            for: key
        )
    }

    func ticket(_ session: ConnectSession) -> BrowserTicket { portal.issueTicket(for: session.id, openerOrigin: nil) }

    /// Presses the button and returns the parameters with which the browser arrives at the provider.
    func authorize(_ session: ConnectSession, _ ticket: BrowserTicket) async throws -> FormParameters {
        let step = try await portal.begin(session, ticket: ticket, methodKey: "oauth2", typed: [:], isPopup: false)
        guard case .authorize(let url) = step, let query = FormParameters(encoded: url.drop { $0 != "?" }.dropFirst())
        else {
            throw UnexpectedStep()
        }
        return query
    }

    func callback(_ query: String, _ ticket: BrowserTicket?) async throws -> ConnectSession {
        try await portal.finishAuthorization(query: query) { _ in ticket }
    }

    /// The whole way, with the provider answering as it was told.
    func connect(_ minted: MintedSession) async throws -> ConnectSession {
        let ticket = ticket(minted.session)
        let request = try await authorize(minted.session, ticket)
        return try await callback("state=\(request["state"] ?? "")&code=code-sentinel", ticket)
    }

    func events(_ session: ConnectSession) async throws -> [String] {
        try await portal.session(session.id, for: key).1.map(\.type)
    }

    func answerWell() {
        provider.reply(
            to: "/token",
            #"{"access_token":"access-sentinel","refresh_token":"refresh-sentinel","token_type":"Bearer","expires_in":3600,"scope":"profile email"}"#
        )
        provider.reply(to: "/userinfo", #"{"sub":"u-1","email":"ada@example.test"}"#)
    }
}

struct UnexpectedStep: Error {}
