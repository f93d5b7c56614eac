import Foundation
import HTTPTypes
import Hummingbird
import StrictJSON

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
        let groups = categories.map { category, services in
            let rows = services.sorted { $0.displayName.lowercased() < $1.displayName.lowercased() }.map { service in
                row(
                    service,
                    connection: connections.first { $0["integrationName"]?.string == service.name },
                    isHidden: !sought.allSatisfy(service.searchText.contains)
                )
            }
            return [
                "id": category.lowercased().replacing(" ", with: "-"),
                "title": category,
                "count": rows.count { $0["hides"] as? Bool != true },
                "services": rows,
                "hides": rows.allSatisfy { $0["hides"] as? Bool == true },
            ] as [String: Any]
        }
        var model: [String: Any] = [
            "groups": groups,
            "count": services.count,
            "readyCount": services.count(where: \.isReady),
            "needyCount": services.count { !$0.isReady },
            "query": query["q"] ?? "",
            "nothing": groups.allSatisfy { $0["hides"] as? Bool == true },
            "redirectURI": portalURL + "/api/v1/connect/oauth-callback",
            "registration": registration,
            "portalURL": portalURL,
            "user": SampleUser.name,
        ]
        model["notice"] = notice?.model
        return pages.page("catalog", title: "Catalog · Acme Notes", model, headers: headers)
    }

    private func row(_ service: Service, connection: JSON?, isHidden: Bool) -> [String: Any] {
        var row: [String: Any] = [
            "name": service.name,
            "displayName": service.displayName,
            "description": service.description,
            "logo": service.logoURL,
            "isReady": service.isReady,
            "searchText": service.searchText,
            "hides": isHidden,
            "inCatalog": true,
        ]
        row["docs"] = service.docsURL
        row["connection"] = connection.map(Self.state)
        return row
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
