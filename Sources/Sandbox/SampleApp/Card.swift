import StrictJSON
import Views

extension SampleApp {
    /// An exhibit as the template shows it, with what is connected and the news about it.
    func card(
        _ exhibit: Exhibit,
        service: Service?,
        connection: JSON?,
        notice: Notice?,
        link: String?
    ) -> View {
        [
            "name": .text(exhibit.name),
            "displayName": .text(service?.displayName ?? exhibit.name),
            "logo": .text(service?.logoURL ?? ""),
            "title": .text(exhibit.title),
            "shows": .text(exhibit.shows),
            "how": .list(Self.pieces(of: exhibit.how)),
            "connects": .flag(exhibit.offer != .deadLinks),
            "givesLink": .flag(exhibit.offer == .connectionAndLink),
            "locale": .text(exhibit.locale),
            "link": .text(link),
            "notice": .view(notice?.exhibit == exhibit.name ? notice?.view : nil),
            "connection": .view(connection.map(Self.state)),
            "inCatalog": .flag(false),
        ]
    }

    /// A connection as a card shows it.
    static func state(_ connection: JSON) -> View {
        let isActive = connection["status"]?.string == "ACTIVE"
        let label = connection.value(at: "account.label")?.string ?? connection["displayName"]?.string
        return [
            "id": .text(connection["id"]?.string ?? ""),
            "label": .text(label ?? ""),
            "status": .text(isActive ? "Connected" : "Needs attention"),
            "kind": .text(isActive ? "good" : "bad"),
        ]
    }

    /// Text, and what stands between backticks as code.
    private static func pieces(of text: String) -> [View] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, piece in
            let isCode = !place.isMultiple(of: 2)
            return ["text": .text(isCode ? nil : String(piece)), "code": .text(isCode ? String(piece) : nil)]
        }
    }
}

/// A line about what happened, on the card of an exhibit or above them all.
struct Notice: Sendable {
    static let notOffered = Notice(isGood: false, sentence: "This integration is not offered here.")

    let isGood: Bool
    let sentence: String
    /// The exhibit that it is about.
    var exhibit: String?

    var view: View { ["sentence": .text(sentence), "kind": .text(isGood ? "good" : "bad")] }
}
