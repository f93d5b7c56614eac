internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage
internal import Views

/// The page on which a person starts: who connects what to which app, what happens next, one clear button.
struct ConnectPage {
    let view: View

    /// What was typed and refused, to show the form again; secrets are never shown.
    struct Attempt {
        var isPopup = false
        var typed: [String: String] = [:]
        var faults: [String: FieldFault] = [:]
        var problem: Problem?

        enum Problem {
            case noChoice
            case failure(FailureCode)
        }
    }

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        options: [AuthOption],
        chosen: AuthOption?,
        attempt: Attempt,
        embeddedLink: String?,
        shell: Pages.Shell
    ) {
        let path = "/connect/\(session.id)"
        let names = ["provider": integration.displayName]
        let kind = session.reconnectID == nil ? "connect" : "reconnect"
        let fields = chosen.map { integration.inputs + $0.fields } ?? []
        // In another app's browser the address stays as it is, so that it can be opened in a real one.
        let cleanURL = embeddedLink == nil ? path + (attempt.isPopup ? "?display=popup" : "") : nil
        let oauth = chosen?.oauth
        let kept =
            fields.isEmpty
            ? "storedEncrypted" : chosen?.verification == nil ? "typedStoredEncrypted" : "typedCheckedFirst"
        let choices = chosen == nil ? options.map { Self.choice($0, path: path, isPopup: attempt.isPopup) } : []
        view = shell.page(
            title: shell.text("\(kind)Title", names),
            [
                "appMonogram": .text(Tile.monogram(of: shell.appName)),
                "tile": .view(Tile(integration).view),
                "heading": .html(shell.html("\(kind)Title", names)),
                "intro": .html(shell.html("\(kind)Intro", names)),
                "userLabel": .text(session.endUserExternalID),
                "connectionName": .text(session.connectionName),
                "notice": .view(Self.notice(attempt, session, integration, shell)),
                "embedded": .view(
                    embeddedLink.map { ["message": .html(shell.html("embeddedMessage", names)), "url": .text($0)] }
                ),
                "action": .text(path),
                "cancelAction": .text(path + "/cancel"),
                "cleanURL": .text(cleanURL),
                "display": .text(attempt.isPopup ? "popup" : "page"),
                "method": .text(chosen?.key ?? ""),
                "oauth": .view(oauth.map { Self.oauth($0, scopes: session.scopes ?? $0.scopes, shell) }),
                "button": .text(shell.text(oauth == nil ? "connect" : "continueTo", names)),
                "busy": .text(shell.text(oauth == nil ? "connecting" : "opening", names)),
                "fields": .list(FieldModel.all(fields, attempt, shell).map(\.view)),
                "note": .list([shell.html(kept, names), shell.html("disconnectAnyTime")]),
                "choices": .list(choices),
                "hasChoices": .flag(!choices.isEmpty),
                "choicesURL": .text(chosen != nil && options.count > 1 ? cleanURL ?? path : nil),
            ]
        )
    }

    private static func notice(
        _ attempt: Attempt,
        _ session: ConnectSession,
        _ integration: Integration,
        _ shell: Pages.Shell
    ) -> View? {
        let code: FailureCode
        switch attempt.problem {
        case .noChoice?:
            return [
                "heading": .html(shell.html("chooseHowTitle")),
                "message": .html(shell.html("chooseHow")),
                "nextStep": .html(nil),
                "supportCode": .text(nil),
            ]
        case .failure(let failure)?: code = failure
        case nil:
            guard attempt.faults.isEmpty, let failure = session.failure else { return nil }
            code = failure
        }
        let words = FailureWords(code, integration, shell)
        return [
            "heading": .html(words.title),
            "message": .html(words.message),
            "nextStep": .html(words.next),
            "supportCode": .text(session.id.rawValue),
        ]
    }

    private static func oauth(_ oauth: OAuthTemplate, scopes: [String], _ shell: Pages.Shell) -> View {
        [
            "signIn": .html(shell.html("signInThere", ["host": oauth.shownHost])),
            "signInMore": .html(shell.html("signInThereMore")),
            "scopes": .list(scopes),
            "hasScopes": .flag(!scopes.isEmpty),
            "hasManyScopes": .flag(scopes.count > 4),
        ]
    }

    private static func choice(_ option: AuthOption, path: String, isPopup: Bool) -> View {
        [
            "name": .text(option.displayName),
            "description": .text(option.description.isEmpty ? nil : option.description),
            "url": .text(path + "?method=\(option.key)" + (isPopup ? "&display=popup" : "")),
        ]
    }
}
