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
    let monogram: String
    let color: String
    let onColor: String
    let isSuccess: Bool
    let isPopup: Bool
    let heading: HTML
    let message: HTML
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
        let tile = Tile(integration)
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        style = shell.style
        script = shell.script
        monogram = tile.monogram
        color = tile.color
        onColor = tile.onColor
        isSuccess = session.status == .completed
        isPopup = session.isPopup
        let result = isSuccess ? "connectedHeading" : "notConnectedHeading"
        title = shell.text(result, names)
        heading = shell.html(result, names)
        message =
            isSuccess
            ? shell.html("connectedMessage", names)
            : shell.failure(session, integration) ?? shell.html("nothingConnected")
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

extension Pages.Shell {
    /// What went wrong last in a session, in the words of its language.
    func failure(_ session: ConnectSession, _ integration: Integration) -> HTML? {
        session.errorCode.map { failure($0, integration) }
    }

    func failure(_ code: String, _ integration: Integration) -> HTML {
        html(
            "failure.\(FailureCode(rawValue: code)?.rawValue ?? "provider_error")",
            ["provider": integration.displayName]
        )
    }
}
