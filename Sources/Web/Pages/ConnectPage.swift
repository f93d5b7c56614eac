internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage

/// The page on which a person starts: who connects what to which app, what happens next, one clear button.
struct ConnectPage: Sendable {
    let lang: String
    let direction: String?
    let words: [String: String]
    let title: String
    let style: String
    let script: String
    let brand: Brand
    let appMonogram: String
    let tile: Tile
    let heading: HTML
    let intro: HTML
    let userLabel: String?
    let connectionName: String
    let notice: Notice?
    let embedded: Embedded?
    let action: String
    let cancelAction: String
    /// In another app's browser the address stays as it is, so that it can be opened in a real one.
    let cleanURL: String?
    let display: String
    let method: String
    let button: String
    let busy: String
    let oauth: OAuth?
    let form: Form?
    let note: [HTML]
    let choices: [Choice]
    let hasChoices: Bool
    let choicesURL: String?

    struct Notice: Sendable {
        let heading: HTML
        let message: HTML
        let nextStep: HTML?
        let supportCode: String?
    }

    struct Embedded: Sendable {
        let message: HTML
        let url: String
    }

    struct OAuth: Sendable {
        let signIn: HTML
        let signInMore: HTML
        let scopes: [Scope]
        let hasScopes: Bool
        let hasManyScopes: Bool
    }

    struct Scope: Sendable { let name: String }

    struct Form: Sendable {
        let fields: [FieldModel]
    }

    struct Choice: Sendable {
        let name: String
        let description: String?
        let url: String
    }
}

extension ConnectPage {
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
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : nil
        words = shell.language.words
        title = shell.text("\(kind)Title", names)
        style = shell.style
        script = shell.script
        brand = shell.brand
        appMonogram = Tile.monogram(of: shell.appName)
        tile = Tile(integration)
        heading = shell.html("\(kind)Title", names)
        intro = shell.html("\(kind)Intro", names)
        userLabel = session.endUserExternalID
        connectionName = session.connectionName
        notice = Self.notice(attempt, session, integration, shell)
        embedded = embeddedLink.map { Embedded(message: shell.html("embeddedMessage", names), url: $0) }
        action = path
        cancelAction = path + "/cancel"
        cleanURL = embedded == nil ? path + (attempt.isPopup ? "?display=popup" : "") : nil
        display = attempt.isPopup ? "popup" : "page"
        method = chosen?.key ?? ""
        oauth = chosen?.oauth.map { OAuth($0, scopes: session.scopes ?? $0.scopes, shell: shell) }
        button = shell.text(oauth == nil ? "connect" : "continueTo", names)
        busy = shell.text(oauth == nil ? "connecting" : "opening", names)
        form = fields.isEmpty ? nil : Form(fields: FieldModel.all(fields, attempt, shell))
        let kept =
            fields.isEmpty
            ? "storedEncrypted" : chosen?.verification == nil ? "typedStoredEncrypted" : "typedCheckedFirst"
        note = [shell.html(kept, names), shell.html("disconnectAnyTime")]
        choices = chosen == nil ? options.map { Choice($0, path: path, isPopup: attempt.isPopup) } : []
        hasChoices = !choices.isEmpty
        choicesURL = chosen != nil && options.count > 1 ? cleanURL ?? path : nil
    }

    private static func notice(
        _ attempt: Attempt,
        _ session: ConnectSession,
        _ integration: Integration,
        _ shell: Pages.Shell
    ) -> Notice? {
        let code: FailureCode
        switch attempt.problem {
        case .noChoice?:
            return Notice(
                heading: shell.html("chooseHowTitle"),
                message: shell.html("chooseHow"),
                nextStep: nil,
                supportCode: nil
            )
        case .failure(let failure)?: code = failure
        case nil:
            guard attempt.faults.isEmpty, let failure = session.failure else { return nil }
            code = failure
        }
        let words = FailureWords(code, integration, shell)
        return Notice(
            heading: words.title,
            message: words.message,
            nextStep: words.next,
            supportCode: session.id.rawValue
        )
    }
}

extension ConnectPage.OAuth {
    init(_ oauth: OAuthTemplate, scopes: [String], shell: Pages.Shell) {
        signIn = shell.html("signInThere", ["host": oauth.shownHost])
        signInMore = shell.html("signInThereMore")
        self.scopes = scopes.map(ConnectPage.Scope.init)
        hasScopes = !scopes.isEmpty
        hasManyScopes = scopes.count > 4
    }
}

extension ConnectPage.Choice {
    init(_ option: AuthOption, path: String, isPopup: Bool) {
        name = option.displayName
        description = option.description.isEmpty ? nil : option.description
        url = path + "?method=\(option.key)" + (isPopup ? "&display=popup" : "")
    }
}
