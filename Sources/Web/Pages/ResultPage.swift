internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage
internal import StrictJSON

/// The page at the end: what became of it, from the session's row.
///
/// Tells the opener and closes itself where it can.
struct ResultPage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let script: String
    let brand: Brand
    let tile: Tile
    let isSuccess: Bool
    let isPopup: Bool
    let heading: HTML
    let message: HTML
    let nextStep: HTML?
    let canClose: HTML
    let account: String?
    /// What the person did not allow.
    let missing: [ConnectPage.Scope]
    let isPartial: Bool
    let partialMessage: HTML
    let againAction: String
    let button: Button?
    let outcome: String
    let targets: String
    let supportCode: String?

    struct Button: Sendable {
        let label: String
        let url: String
    }

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        account: String?,
        missing: [String] = [],
        shell: Pages.Shell
    ) {
        let names = ["provider": integration.displayName]
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        style = shell.style
        script = shell.script
        brand = shell.brand
        tile = Tile(integration)
        isSuccess = session.status == .completed
        isPopup = session.isPopup
        if isSuccess {
            title = shell.text("connectedHeading", names)
            heading = shell.html("connectedHeading", names)
            message = shell.html("connectedMessage", names)
            nextStep = nil
        } else {
            let failure = session.failure ?? .cancelled
            let words = FailureWords(failure, integration, shell)
            title = shell.text("failure.\(failure.rawValue).title", names)
            heading = words.title
            message = words.message
            nextStep = words.next
        }
        canClose = shell.html("youCanCloseAndReturn")
        self.account = account
        self.missing = missing.map(ConnectPage.Scope.init)
        isPartial = !missing.isEmpty
        partialMessage = shell.html("partialMessage", names)
        againAction = "/connect/\(session.id)/again"
        button = session.returnURL.map { Button(label: shell.text("backTo"), url: $0) }
        outcome = session.resultMessage.text
        targets = JSON(session.messageTargets).text
        supportCode = isSuccess ? nil : session.id.rawValue
    }
}
