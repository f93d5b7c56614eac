internal import Connect
internal import Integrations
internal import Storage
internal import Views

/// The question what to do with another account than the one that was connected before.
struct AccountPage {
    let view: View

    init(_ session: ConnectSession, _ integration: Integration, _ choice: AccountChoice, shell: Pages.Shell) {
        let names = ["provider": integration.displayName, "old": choice.old, "new": choice.new]
        let decisions = AccountDecision.allCases.map { decision -> View in
            [
                "value": .text(decision.rawValue),
                "heading": .html(shell.html(decision.wordsKey, names)),
                "message": .html(shell.html(decision.wordsKey + "More", names)),
            ]
        }
        view = shell.page(
            title: shell.text("otherAccountTitle"),
            [
                "appMonogram": .text(nil),
                "tile": .view(Tile(integration).view),
                "message": .html(shell.html("otherAccountMessage", names)),
                "action": .text("/connect/\(session.id)/account"),
                "cancelAction": .text("/connect/\(session.id)/cancel"),
                "choicesURL": .text(nil),
                "display": .text(session.isPopup ? "popup" : "page"),
                "decisions": .list(decisions),
            ]
        )
    }
}

extension AccountDecision {
    /// The key of its label; its explanation follows under the same with `More`.
    var wordsKey: String {
        switch self {
        case .replace: "useOther"
        case .keepBoth: "keepBoth"
        case .switchAccount: "switchAccount"
        }
    }
}
