internal import Storage
internal import StrictJSON

/// What an app says when it wants an account connected, checked field by field.
struct MintRequest {
    enum AppMode: String, CaseIterable {
        case managed = "weavz_managed"
        case custom
    }

    /// Who must confirm a connection before there is one.
    enum Confirmer: String, CaseIterable { case app }

    let integrationName: String
    let connectionName: String
    let externalID: String
    let workspaceID: Workspace.ID
    let workspaceIntegrationID: WorkspaceIntegration.ID?
    var authMethodKey: String?
    let endUserExternalID: String?
    let scope: Connection.Scope
    var oauthAppMode: AppMode?
    var oauthAppID: String?
    let successRedirectURI: String?
    let errorRedirectURI: String?
    let allowedOrigins: [String]
    let scopes: [String]?
    let locale: String?
    let metadata: JSON
    let needsConfirmation: Bool
    let expiresAt: Instant

    init(_ body: JSON, now: Instant) throws(PortalError) {
        var input = try Input(body)
        integrationName = input.text("integrationName", limit: 63)
        connectionName = input.text("connectionName")
        externalID = input.text("externalId")
        workspaceID = input.id("workspaceId")
        workspaceIntegrationID = input.optionalID("workspaceIntegrationId")
        authMethodKey = input.optionalText("authMethodKey", limit: 63)
        endUserExternalID = input.optionalText("endUserId")
        scope = input.choice("scope") ?? (endUserExternalID == nil ? .workspace : .user)
        oauthAppMode = input.choice("oauthAppMode")
        oauthAppID = input.optionalText("oauthAppId")
        if oauthAppID?.hasPrefix("platform:") == true {
            oauthAppMode = .managed
            oauthAppID = nil
        } else {
            _ = input.optionalID("oauthAppId", of: OAuthApp.self)
        }
        successRedirectURI = input.redirectURI("successRedirectUri")
        errorRedirectURI = input.redirectURI("errorRedirectUri")
        allowedOrigins = input.origins("allowedOrigins")
        scopes = input.texts("scopes")
        locale = input.optionalText("locale", limit: 35)
        metadata = input.object("metadata")
        needsConfirmation = input.choice("confirm") == Confirmer.app
        expiresAt = now + .seconds(input.integer("expiresIn", in: 60...14400, default: 14400))

        if scope == .user, endUserExternalID == nil { input.refuse("endUserId", "is required for the scope USER") }
        if scope != .user, endUserExternalID != nil { input.refuse("scope", "must be USER when endUserId is given") }
        if oauthAppMode == .custom, oauthAppID == nil {
            input.refuse("oauthAppId", "is required for the oauthAppMode custom")
        }
        if let scopes, !scopes.allSatisfy(Self.isScopeToken) {
            input.refuse("scopes", "must hold scope names without spaces, quotes or backslashes")
        }
        if needsConfirmation, allowedOrigins.isEmpty, successRedirectURI == nil {
            input.refuse("confirm", "needs allowedOrigins or a successRedirectUri, to which the handle is given")
        }
        try input.finish()
    }

    /// The characters of a scope token (RFC 6749 §3.3).
    private static func isScopeToken(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x21 || (0x23...0x5B).contains($0) || (0x5D...0x7E).contains($0) }
    }
}
