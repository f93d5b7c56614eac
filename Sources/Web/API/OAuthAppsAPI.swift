internal import Connect
internal import Hummingbird
internal import Integrations
internal import Storage
internal import StrictJSON

/// `/api/v1/oauth-apps`: an organization's own registrations at providers.
struct OAuthAppsAPI {
    let portal: Portal
    let creating: Creating

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page(standard: nil)
        try query.finish()
        return .json(try await portal.oauthApps(for: context.apiKey, page).json("apps") { json($0) })
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) {
            ["app": json($0)]
        } create: { body, also in
            try await portal.createOAuthApp(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func update(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(["app": json(try await portal.updateOAuthApp(try id(context), body, for: context.apiKey))])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        try await portal.deleteOAuthApp(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
    }

    /// Everything a session for an integration could use: the organization's apps, then the operator's.
    @Sendable func available(_: Request, _ context: APIContext) async throws -> Response {
        let name = try context.parameters.require("name")
        guard portal.catalog[name] != nil else {
            throw PortalError(.integrationNotFound, "There is no integration named \(name)")
        }
        let own = try await portal.oauthApps(for: context.apiKey, .all).rows.filter { $0.integrationName == name }
        var apps: [JSON] = own.map { ["id": JSON($0.id), "label": .string($0.displayName), "isPlatform": false] }
        if portal.platformApps[name] != nil {
            apps.append(["id": .string("platform:\(name)"), "label": .string(portal.appName), "isPlatform": true])
        }
        return .json(["apps": .array(apps)])
    }

    private func id(_ context: APIContext) throws -> OAuthApp.ID {
        OAuthApp.ID(rawValue: try context.parameters.require("id"))
    }

    private func json(_ app: OAuthApp) -> JSON {
        [
            "id": JSON(app.id),
            "integrationName": .string(app.integrationName),
            "displayName": .string(app.displayName),
            "clientId": .string(app.clientID),
            "isPlatform": false,
            "scopes": app.scopes.map(JSON.init) ?? .null,
            "authUrl": JSON(app.authorizationURL),
            "tokenUrl": JSON(app.tokenURL),
            "extraParams": app.extraParams,
            "redirectUri": .string(portal.redirectURI(of: app)),
            "createdAt": JSON(app.createdAt),
            "updatedAt": JSON(app.updatedAt),
        ]
    }
}
