import Foundation
import Hummingbird
import StrictJSON
import Views

/// The page with the gallery and what is connected.
extension SampleApp {
    func galleryPage(_ request: Request) async -> Response {
        let query = FormParameters(parsing: request.uri.query ?? "")
        guard let sessionID = query["sessionId"] else { return await galleryPage() }
        if let handle = query["confirmHandle"] { _ = try? await confirm(sessionID, handle: handle) }
        return await galleryPage(notice: notice(forSession: sessionID))
    }

    /// `link` is one to show, on the card of an exhibit.
    func galleryPage(
        notice: Notice? = nil,
        link: (exhibit: String, url: String)? = nil,
        status: HTTPResponse.Status = .ok
    ) async -> Response {
        var notice = notice
        var connections: [JSON] = []
        do throws(PortalProblem) { connections = try await self.connections() } catch {
            notice = notice ?? Notice(isGood: false, sentence: error.sentence)
        }
        let services = await services()
        let groups = gallery.groups.map { group -> View in
            let cards = group.exhibits.map { exhibit in
                card(
                    exhibit,
                    service: services[exhibit.name],
                    connection: connections.first { $0["integrationName"]?.string == exhibit.name },
                    notice: notice,
                    link: link?.exhibit == exhibit.name ? link?.url : nil
                )
            }
            return [
                "id": .text(group.id), "title": .text(group.title), "lead": .text(group.lead), "cards": .list(cards),
            ]
        }
        // What is about an exhibit stands on its card.
        let general = gallery.exhibit(notice?.exhibit) == nil ? notice : nil
        let view: View = [
            "groups": .list(groups),
            "people": .list(SandboxUser.personas.map(\.crib)),
            "portalURL": .text(portalURL),
            "user": .text(SampleUser.name),
            "calls": .list(exampleCalls(services)),
            "catalogCount": .text(String(services.count { gallery.exhibit($0.key) == nil })),
            "notice": .view(general?.view),
        ]
        return pages.page("sample-app", title: "Acme Notes · connect-portal", view, status: status, headers: headers)
    }

    var headers: PageHeaders {
        var headers = PageHeaders()
        headers.trusted = [portalOrigin]
        // Forms must arrive with their Origin, which `no-referrer` would turn into `null`.
        headers.referrerPolicy = "same-origin"
        return headers
    }

    /// A path in a content security policy would have to match to the letter.
    private var portalOrigin: String {
        var components = URLComponents(string: portalURL)
        components?.path = ""
        return components?.string ?? portalURL
    }

    /// A browser that comes back is believed nothing: the portal is asked what became of the session.
    func notice(forSession id: String) async -> Notice? {
        guard let session = try? await session(id) else { return nil }
        let integration = session["integrationName"]?.string ?? ""
        let name = await services()[integration]?.displayName ?? integration
        let failure = session["error"]?.string ?? "\(name) was not connected."
        var notice =
            switch session["status"]?.string {
            case "COMPLETED": Notice(isGood: true, sentence: "\(name) is connected.")
            case "FAILED": Notice(isGood: false, sentence: failure)
            default: Notice(isGood: false, sentence: "\(name) is not connected yet.")
            }
        notice.exhibit = integration
        return notice
    }
}

extension SandboxUser {
    /// How one signs in as this person.
    var crib: View {
        [
            "name": .text(name), "initials": .text(initials), "username": .text(username),
            "password": .text(password), "apiKey": .text(apiKey),
        ]
    }
}
