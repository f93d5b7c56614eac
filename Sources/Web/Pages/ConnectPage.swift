internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage

/// The page on which a person starts: who connects what to which app, what happens next, one clear button.
struct ConnectPage: Sendable {
    let lang = "en"
    let title: String
    let style: String
    let script: String
    let appName: String
    let appMonogram: String
    let integrationName: String
    let monogram: String
    let color: String
    let onColor: String
    let userLabel: String?
    let connectionName: String
    let isReconnect: Bool
    let notice: Notice?
    let action: String
    let cancelAction: String
    let cleanURL: String
    let method: String
    let button: String
    let oauth: OAuth?
    let form: Form?
    let choices: [Choice]
    let hasChoices: Bool
    let choicesURL: String?

    struct Notice: Sendable {
        let title: String
        let message: String
    }

    struct OAuth: Sendable {
        let host: String
        let scopes: [Scope]
        let hasScopes: Bool
        let hasManyScopes: Bool
    }

    struct Scope: Sendable { let name: String }

    struct Form: Sendable {
        let fields: [FieldModel]
        let verifies: Bool
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
        var typed: [String: String] = [:]
        var faults: [String: String] = [:]
        var message: String?
    }

    init(
        _ session: ConnectSession,
        _ integration: Integration,
        options: [AuthOption],
        chosen: AuthOption?,
        attempt: Attempt,
        shell: Pages.Shell
    ) {
        let path = "/connect/\(session.id)"
        let tile = Tile(integration)
        let fields = chosen.map { integration.inputs + $0.fields } ?? []
        title = "Connect \(integration.displayName) to \(shell.appName)"
        style = shell.style
        script = shell.script
        appName = shell.appName
        appMonogram = Tile.monogram(of: shell.appName)
        integrationName = integration.displayName
        monogram = tile.monogram
        color = tile.color
        onColor = tile.onColor
        userLabel = session.endUserExternalID
        connectionName = session.connectionName
        isReconnect = session.reconnectID != nil
        notice = Self.notice(attempt.message ?? session.error)
        action = path
        cancelAction = path + "/cancel"
        cleanURL = path
        method = chosen?.key ?? ""
        oauth = chosen?.oauth.map { OAuth($0, scopes: session.scopes ?? $0.scopes) }
        button = oauth == nil ? "Connect" : "Continue to \(integration.displayName)"
        form =
            fields.isEmpty ? nil : Form(fields: FieldModel.all(fields, attempt), verifies: chosen?.verification != nil)
        choices = chosen == nil ? options.map { Choice($0, path: path) } : []
        hasChoices = !choices.isEmpty
        choicesURL = chosen != nil && options.count > 1 ? path : nil
    }

    private static func notice(_ message: String?) -> Notice? {
        message.map { Notice(title: "Not connected yet", message: $0) }
    }
}

extension ConnectPage.OAuth {
    init(_ oauth: OAuthTemplate, scopes: [String]) {
        host = oauth.shownHost
        self.scopes = scopes.map(ConnectPage.Scope.init)
        hasScopes = !scopes.isEmpty
        hasManyScopes = scopes.count > 4
    }
}

extension ConnectPage.Choice {
    init(_ option: AuthOption, path: String) {
        name = option.displayName
        description = option.description.isEmpty ? nil : option.description
        url = path + "?method=\(option.key)"
    }
}
