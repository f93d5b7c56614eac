import Foundation
import Hummingbird
import StrictJSON

/// The page with the person's connected accounts.
extension SampleApp {
    func settingsPage(_ request: Request) async -> Response {
        let query = FormParameters(parsing: request.uri.query ?? "")
        guard let sessionID = query["sessionId"] else { return await settingsPage(notice: nil) }
        return await settingsPage(notice: notice(forSession: sessionID))
    }

    func settingsPage(notice: Notice?, status: HTTPResponse.Status = .ok) async -> Response {
        var notice = notice
        var connections: [JSON] = []
        do throws(PortalProblem) { connections = try await self.connections() } catch {
            notice = notice ?? Notice(isGood: false, sentence: error.sentence)
        }
        let names = await displayNames()
        let accounts = integrations.map { name in
            let connection = connections.first { $0["integrationName"]?.string == name }
            return account(name, displayName: names[name] ?? name, connection: connection)
        }
        var model: [String: Any] = [
            "accounts": accounts,
            "portalURL": portalURL,
            "user": SampleUser.name,
            "email": SampleUser.email,
            "calls": exampleCalls(names),
        ]
        if let notice { model["notice"] = ["sentence": notice.sentence, "kind": notice.isGood ? "good" : "bad"] }
        var headers = PageHeaders()
        headers.trusted = [portalOrigin]
        // Forms must arrive with their Origin, which `no-referrer` would turn into `null`.
        headers.referrerPolicy = "same-origin"
        return pages.page(
            "sample-app",
            title: "Connected accounts · Acme Notes",
            model,
            status: status,
            headers: headers
        )
    }

    /// A path in a content security policy would have to match to the letter.
    private var portalOrigin: String {
        var components = URLComponents(string: portalURL)
        components?.path = ""
        return components?.string ?? portalURL
    }

    private func account(_ name: String, displayName: String, connection: JSON?) -> [String: Any] {
        var account: [String: Any] = [
            "name": name,
            "displayName": displayName,
            "monogram": displayName.prefix(1).uppercased(),
        ]
        guard let connection else { return account }
        let isActive = connection["status"]?.string == "ACTIVE"
        account["connection"] = [
            "id": connection["id"]?.string ?? "",
            "label": connection.value(at: "account.label")?.string ?? connection["displayName"]?.string ?? "",
            "status": isActive ? "Connected" : "Needs attention",
            "kind": isActive ? "good" : "bad",
        ]
        return account
    }

    /// A browser that comes back is believed nothing: the portal is asked what became of the session.
    private func notice(forSession id: String) async -> Notice? {
        guard let session = try? await session(id) else { return nil }
        let integration = session["integrationName"]?.string ?? ""
        let name = await displayNames()[integration] ?? integration
        switch session["status"]?.string {
        case "COMPLETED": return Notice(isGood: true, sentence: "\(name) is connected.")
        case "FAILED": return Notice(isGood: false, sentence: session["error"]?.string ?? "\(name) was not connected.")
        default: return Notice(isGood: false, sentence: "\(name) is not connected yet.")
        }
    }
}

/// A line above the accounts.
struct Notice: Sendable {
    let isGood: Bool
    let sentence: String
}
