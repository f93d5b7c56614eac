import Foundation
import HTTPTypes
import Hummingbird
import StrictJSON
import Views

/// The page with all that the portal knows besides the gallery, and what each needs.
extension SampleApp {
    func catalogPage(_ request: Request) async -> Response {
        let query = FormParameters(parsing: request.uri.query ?? "")
        var notice: Notice?
        if let session = query["sessionId"] { notice = await self.notice(forSession: session) }
        let connections = (try? await self.connections()) ?? []
        let services = await services().values.filter { gallery.exhibit($0.name) == nil }
        let sought = query["q"]?.folded.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        let categories = Dictionary(grouping: services, by: \.category).sorted { $0.key < $1.key }
        let isFound = { (service: Service) in sought.allSatisfy(service.searchText.contains) }
        let groups = categories.map { category, services -> View in
            let rows = services.sorted { $0.displayName.lowercased() < $1.displayName.lowercased() }.map { service in
                row(
                    service,
                    connection: connections.first { $0["integrationName"]?.string == service.name },
                    isHidden: !isFound(service)
                )
            }
            return [
                "id": .text(category.lowercased().replacing(" ", with: "-")),
                "title": .text(category),
                "count": .text(String(services.count(where: isFound))),
                "services": .list(rows),
                "hides": .flag(!services.contains(where: isFound)),
            ]
        }
        let view: View = [
            "groups": .list(groups),
            "count": .text(String(services.count)),
            "readyCount": .text(String(services.count(where: \.isReady))),
            "needyCount": .text(String(services.count { !$0.isReady })),
            "query": .text(query["q"] ?? ""),
            "nothing": .flag(!services.contains(where: isFound)),
            "redirectURI": .text(portalURL + "/api/v1/connect/oauth-callback"),
            "registration": .text(registration),
            "portalURL": .text(portalURL),
            "user": .text(SampleUser.name),
            "notice": .view(notice?.view),
        ]
        return pages.page("catalog", title: "Catalog · Acme Notes", view, headers: headers)
    }

    private func row(_ service: Service, connection: JSON?, isHidden: Bool) -> View {
        [
            "name": .text(service.name),
            "displayName": .text(service.displayName),
            "description": .text(service.description),
            "logo": .text(service.logoURL),
            "docs": .text(service.docsURL),
            "isReady": .flag(service.isReady),
            "searchText": .text(service.searchText),
            "hides": .flag(isHidden),
            "inCatalog": .flag(true),
            "connection": .view(connection.map(Self.state)),
        ]
    }
}

extension Service {
    fileprivate var searchText: String { [displayName, description, category].joined(separator: " ").folded }
}

extension String {
    /// Without case and accents; `sample-app.js` folds what is typed in the same way.
    fileprivate var folded: String {
        let bare = decomposedStringWithCompatibilityMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        return String(String.UnicodeScalarView(bare)).lowercased()
    }
}
