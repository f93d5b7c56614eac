internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/workspaces/:id/integrations`.
struct WorkspaceIntegrationsAPI {
    let portal: Portal
    let creating: Creating

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page(standard: nil)
        try query.finish()
        let listing = try await portal.workspaceIntegrations(in: try workspace(context), for: context.apiKey, page)
        return .json(listing.json("integrations", \.json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        let workspace = try workspace(context)
        return try await creating(request, context) {
            ["integration": $0.json]
        } create: { body, also in
            try await portal.addIntegration(to: workspace, body, for: context.apiKey, also: also)
        }
    }

    @Sendable func update(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        let workspace = try workspace(context)
        let updated = try await portal.updateIntegration(try id(context), in: workspace, body, for: context.apiKey)
        return .json(["integration": updated.json])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        try await portal.removeIntegration(id, from: try workspace(context), for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
    }

    private func workspace(_ context: APIContext) throws -> Workspace.ID {
        Workspace.ID(rawValue: try context.parameters.require("id"))
    }

    private func id(_ context: APIContext) throws -> WorkspaceIntegration.ID {
        WorkspaceIntegration.ID(rawValue: try context.parameters.require("integration"))
    }
}

extension WorkspaceIntegration {
    fileprivate var json: JSON {
        [
            "id": JSON(id),
            "workspaceId": JSON(workspaceID),
            "integrationName": .string(integrationName),
            "alias": .string(alias),
            "connectionStrategy": .string(strategy.rawValue),
            "authMethodKey": JSON(authMethodKey),
            "oauthAppMode": JSON(oauthAppMode),
            "oauthAppId": JSON(oauthAppID),
            "connectionId": JSON(connectionID),
            "displayName": JSON(displayName),
            "enabledActions": enabledActions.map(JSON.init) ?? .null,
            "settings": settings,
            "sortOrder": JSON(sortOrder),
            "connectionStatus": JSON(connectionStatus),
            "connectionDisplayName": JSON(connectionDisplayName),
            "createdAt": JSON(createdAt),
            "updatedAt": JSON(updatedAt),
        ]
    }
}
