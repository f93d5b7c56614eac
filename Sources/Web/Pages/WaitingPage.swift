internal import Connect
internal import Integrations
internal import Storage
internal import StrictJSON

/// The page while the app's backend confirms who connected.
///
/// Gives the handle to the page of the app: to the one that opened this window, or by going there.
struct WaitingPage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let script: String
    let brand: Brand
    let tile: Tile
    let message: HTML
    let outcome: String
    let targets: String
    let confirmURL: String?
    let cleanURL: String

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        message: JSON,
        confirmURL: String?,
        shell: Pages.Shell
    ) {
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("confirmTitle")
        style = shell.style
        script = shell.script
        brand = shell.brand
        tile = Tile(integration)
        self.message = shell.html("confirmMessage")
        outcome = message.text
        targets = JSON(session.messageTargets).text
        self.confirmURL = confirmURL
        cleanURL = "/connect/\(session.id)"
    }
}
