import StrictJSON

extension SampleApp {
    /// An exhibit as the template shows it, with what is connected and the news about it.
    func card(
        _ exhibit: Exhibit,
        displayName: String,
        connection: JSON?,
        notice: Notice?,
        link: String?
    ) -> [String: Any] {
        var card: [String: Any] = [
            "name": exhibit.name,
            "displayName": displayName,
            "monogram": Self.monogram(of: displayName),
            "color": exhibit.color,
            "title": exhibit.title,
            "shows": exhibit.shows,
            "how": Self.pieces(of: exhibit.how),
            "connects": exhibit.offer != .deadLinks,
            "givesLink": exhibit.offer == .connectionAndLink,
        ]
        card["locale"] = exhibit.locale
        card["link"] = link
        if let notice, notice.exhibit == exhibit.name { card["notice"] = notice.model }
        guard let connection else { return card }
        let isActive = connection["status"]?.string == "ACTIVE"
        card["connection"] = [
            "id": connection["id"]?.string ?? "",
            "label": connection.value(at: "account.label")?.string ?? connection["displayName"]?.string ?? "",
            "status": isActive ? "Connected" : "Needs attention",
            "kind": isActive ? "good" : "bad",
        ]
        return card
    }

    /// The first letters of the first two words, as on the portal's own pages.
    private static func monogram(of name: String) -> String {
        name.split(separator: " ").prefix(2).compactMap(\.first).map { $0.uppercased() }.joined()
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
