internal import Connect
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

    struct Choice: Sendable {
        let id: String
        let label: String
    }

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
        self.choices = choices.map { Choice(id: $0.id, label: $0.label) }
    }
}
