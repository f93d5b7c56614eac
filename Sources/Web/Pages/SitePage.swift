internal import Connect
internal import Foundation
internal import Integrations
internal import Storage
internal import Views

/// The question which site or tenant is to be connected.
struct SitePage {
    let view: View

    private struct Choice {
        let id: String
        let label: String
        /// Tells those of the same name apart.
        let hint: String?

        var view: View { ["id": .text(id), "label": .text(label), "hint": .text(hint)] }

        /// `Team 9` before `Team 10`.
        static func isBefore(_ one: Choice, _ other: Choice) -> Bool {
            one.label.folded.compare(other.label.folded, options: .numeric) == .orderedAscending
        }
    }

    private static let fewChoices = 8

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        _ choices: [ChoiceLookup.Choice],
        shell: Pages.Shell
    ) {
        let counts = Dictionary(grouping: choices, by: \.label).mapValues(\.count)
        let named = choices.map { Choice(id: $0.id, label: $0.label, hint: counts[$0.label] == 1 ? nil : $0.id) }
        // More than one sees at a glance: sorted by name, and searched while the person types.
        let isSearchable = named.count > Self.fewChoices
        let sorted = isSearchable ? named.sorted(by: Choice.isBefore) : named
        view = shell.page(
            title: shell.text("chooseTitle"),
            [
                "appMonogram": .text(nil),
                "tile": .view(Tile(integration).view),
                "message": .html(shell.html("chooseMessage", ["provider": integration.displayName])),
                "action": .text("/connect/\(session.id)/site"),
                "cancelAction": .text("/connect/\(session.id)/cancel"),
                "choicesURL": .text(nil),
                "display": .text(session.isPopup ? "popup" : "page"),
                "choices": .list(sorted.map(\.view)),
                "isSearchable": .flag(isSearchable),
            ]
        )
    }
}
