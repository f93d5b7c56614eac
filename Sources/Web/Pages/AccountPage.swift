internal import Connect
internal import Integrations
internal import Storage

/// The question what to do with another account than the one that was connected before.
struct AccountPage: Sendable {
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
    let decisions: [Decision]

    struct Decision: Sendable {
        let value: String
        let heading: HTML
        let message: HTML
    }

    init(_ session: ConnectSession, _ integration: Integration, _ choice: AccountChoice, shell: Pages.Shell) {
        let names = ["provider": integration.displayName, "old": choice.old, "new": choice.new]
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("otherAccountTitle")
        style = shell.style
        script = shell.script
        brand = shell.brand
        tile = Tile(integration)
        message = shell.html("otherAccountMessage", names)
        action = "/connect/\(session.id)/account"
        cancelAction = "/connect/\(session.id)/cancel"
        display = session.isPopup ? "popup" : "page"
        decisions = AccountDecision.allCases.map { decision in
            let key = decision.wordsKey
            return Decision(
                value: decision.rawValue,
                heading: shell.html(key, names),
                message: shell.html(key + "More", names)
            )
        }
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
