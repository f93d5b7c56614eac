internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/workspaces`.
struct WorkspacesAPI {
    let portal: Portal
    let creating: Creating

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page()
        try query.finish()
        return .json(try await portal.workspaces(for: context.apiKey, page).json("workspaces", json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) {
            ["workspace": json($0)]
        } create: { body, also in
            try await portal.createWorkspace(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func get(_: Request, _ context: APIContext) async throws -> Response {
        .json(["workspace": json(try await portal.workspace(try id(context), for: context.apiKey))])
    }

    @Sendable func update(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(["workspace": json(try await portal.updateWorkspace(try id(context), body, for: context.apiKey))])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        try await portal.deleteWorkspace(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
    }

    private func id(_ context: APIContext) throws -> Workspace.ID {
        Workspace.ID(rawValue: try context.parameters.require("id"))
    }
}

extension WorkspacesAPI {
    @Sendable private func json(_ workspace: Workspace) -> JSON {
        [
            "id": JSON(workspace.id),
            "orgId": JSON(workspace.organizationID),
            "name": .string(workspace.name),
            "slug": .string(workspace.slug),
            "branding": workspace.branding.map(json) ?? .null,
            "createdAt": JSON(workspace.createdAt),
            "updatedAt": JSON(workspace.updatedAt),
        ]
    }

    private func json(_ branding: Branding) -> JSON {
        [
            "appName": JSON(branding.appName),
            "logo": JSON(branding.logoName.map(portal.logoURL)),
            "color": JSON(branding.color),
            "supportUrl": JSON(branding.supportURL),
            "termsUrl": JSON(branding.termsURL),
            "privacyUrl": JSON(branding.privacyURL),
        ]
    }
}
