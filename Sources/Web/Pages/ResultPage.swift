internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage
internal import StrictJSON
internal import Views

/// The page at the end: what became of it, from the session's row.
///
/// Tells the opener and closes itself where it can.
struct ResultPage {
    let view: View

    /// `missing` is what the person did not allow.
    init(
        _ session: ConnectSession,
        _ integration: Integration,
        account: String?,
        missing: [String] = [],
        shell: Pages.Shell
    ) {
        let names = ["provider": integration.displayName]
        let isSuccess = session.status == .completed
        let failure = session.failure ?? .cancelled
        let words = FailureWords(failure, integration, shell)
        view = shell.page(
            title: shell.text(isSuccess ? "connectedHeading" : "failure.\(failure.rawValue).title", names),
            [
                "tile": .view(Tile(integration).view),
                "isSuccess": .flag(isSuccess),
                "isPopup": .flag(session.isPopup),
                "heading": .html(isSuccess ? shell.html("connectedHeading", names) : words.title),
                "message": .html(isSuccess ? shell.html("connectedMessage", names) : words.message),
                "nextStep": .html(isSuccess ? nil : words.next),
                "canClose": .html(shell.html("youCanCloseAndReturn")),
                "account": .text(account),
                "missing": .list(missing),
                "isPartial": .flag(!missing.isEmpty),
                "partialMessage": .html(shell.html("partialMessage", names)),
                "againAction": .text("/connect/\(session.id)/again"),
                "button": .view(session.returnURL.map { ["label": .text(shell.text("backTo")), "url": .text($0)] }),
                "outcome": .text(session.resultMessage.text),
                "targets": .text(JSON(session.messageTargets).text),
                "supportCode": .text(isSuccess ? nil : session.id.rawValue),
            ]
        )
    }
}
