import StrictJSON

extension SampleApp {
    /// An exhibit as the template shows it, with what is connected and the news about it.
    func card(
        _ exhibit: Exhibit,
        service: Service?,
        connection: JSON?,
        notice: Notice?,
        link: String?
    ) -> [String: Any] {
        var card: [String: Any] = [
            "name": exhibit.name,
            "displayName": service?.displayName ?? exhibit.name,
            "logo": service?.logoURL ?? "",
            "title": exhibit.title,
            "shows": exhibit.shows,
            "how": Self.pieces(of: exhibit.how),
            "connects": exhibit.offer != .deadLinks,
            "givesLink": exhibit.offer == .connectionAndLink,
        ]
        card["locale"] = exhibit.locale
        card["link"] = link
        if let notice, notice.exhibit == exhibit.name { card["notice"] = notice.model }
        card["connection"] = connection.map(Self.state)
        return card
    }

    /// A connection as a card shows it.
    static func state(_ connection: JSON) -> [String: String] {
        let isActive = connection["status"]?.string == "ACTIVE"
        return [
            "id": connection["id"]?.string ?? "",
            "label": connection.value(at: "account.label")?.string ?? connection["displayName"]?.string ?? "",
            "status": isActive ? "Connected" : "Needs attention",
            "kind": isActive ? "good" : "bad",
        ]
    }

    /// Text, and what stands between backticks as code.
    private static func pieces(of text: String) -> [[String: String]] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, piece in
            [place.isMultiple(of: 2) ? "text" : "code": String(piece)]
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

    var model: [String: String] { ["sentence": sentence, "kind": isGood ? "good" : "bad"] }
}
