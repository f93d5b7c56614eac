internal import Connect
internal import Foundation
internal import Integrations
internal import Storage

/// The question which site or tenant is to be connected.
struct SitePage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let script: String
    let brand: Brand
    let tile: Tile
    let message: HTML
    let action: String
    let cancelAction: String
    let display: String
    let choices: [Choice]
    /// More than one sees at a glance: sorted by name, and searched while the person types.
    let isSearchable: Bool

    struct Choice: Sendable {
        let id: String
        let label: String
        /// Tells those of the same name apart.
        let hint: String?

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
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("chooseTitle")
        style = shell.style
        script = shell.script
        brand = shell.brand
        tile = Tile(integration)
        message = shell.html("chooseMessage", ["provider": integration.displayName])
        action = "/connect/\(session.id)/site"
        cancelAction = "/connect/\(session.id)/cancel"
        display = session.isPopup ? "popup" : "page"
        let counts = Dictionary(grouping: choices, by: \.label).mapValues(\.count)
        let named = choices.map { Choice(id: $0.id, label: $0.label, hint: counts[$0.label] == 1 ? nil : $0.id) }
        isSearchable = named.count > Self.fewChoices
        self.choices = isSearchable ? named.sorted(by: Choice.isBefore) : named
    }
}
