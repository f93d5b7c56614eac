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
        return .json(try await portal.workspaces(for: context.apiKey, page).json("workspaces", \.json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) {
            ["workspace": $0.json]
        } create: { body, also in
            try await portal.createWorkspace(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func get(_: Request, _ context: APIContext) async throws -> Response {
        .json(["workspace": try await portal.workspace(try id(context), for: context.apiKey).json])
    }

    @Sendable func update(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await request.json()
        return .json(["workspace": try await portal.updateWorkspace(try id(context), body, for: context.apiKey).json])
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

extension Workspace {
    fileprivate var json: JSON {
        [
            "id": JSON(id),
            "orgId": JSON(organizationID),
            "name": .string(name),
            "slug": .string(slug),
            "createdAt": JSON(createdAt),
            "updatedAt": JSON(updatedAt),
        ]
    }
}
