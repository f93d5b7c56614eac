internal import Connect
internal import Integrations
internal import Storage
internal import StrictJSON
internal import Views

/// The page while the app's backend confirms who connected.
///
/// Gives the handle to the page of the app: to the one that opened this window, or by going there.
struct WaitingPage {
    let view: View

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        message: JSON,
        confirmURL: String?,
        shell: Pages.Shell
    ) {
        view = shell.page(
            title: shell.text("confirmTitle"),
            [
                "tile": .view(Tile(integration).view),
                "message": .html(shell.html("confirmMessage")),
                "outcome": .text(message.text),
                "targets": .text(JSON(session.messageTargets).text),
                "confirmURL": .text(confirmURL),
                "cleanURL": .text("/connect/\(session.id)"),
            ]
        )
    }
}
