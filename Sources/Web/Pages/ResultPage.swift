internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage
internal import StrictJSON

/// The page at the end: what became of it, from the session's row.
///
/// Tells the opener and closes itself where it can.
struct ResultPage: Sendable {
    let lang = "en"
    let title: String
    let style: String
    let script: String
    let appName: String
    let integrationName: String
    let monogram: String
    let color: String
    let onColor: String
    let isSuccess: Bool
    let isPopup: Bool
    let heading: String
    let message: String
    let account: String?
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
        requestID: String,
        shell: Pages.Shell
    ) {
        let tile = Tile(integration)
        style = shell.style
        script = shell.script
        appName = shell.appName
        integrationName = integration.displayName
        monogram = tile.monogram
        color = tile.color
        onColor = tile.onColor
        isSuccess = session.status == .completed
        isPopup = session.isPopup
        heading = isSuccess ? "\(integration.displayName) is connected" : "\(integration.displayName) was not connected"
        title = heading
        message =
            isSuccess
            ? "\(shell.appName) can now use your \(integration.displayName) account."
            : session.error ?? "Nothing was connected."
        self.account = account
        button = session.returnURL.map { Button(label: "Back to \(shell.appName)", url: $0) }
        outcome = session.resultMessage.text
        targets = JSON(session.messageTargets).text
        supportCode = isSuccess ? nil : requestID
    }
}
