internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/end-users`.
struct EndUsersAPI {
    let portal: Portal
    let creating: Creating
    let pages: Pages

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page()
        let workspace = query.id("workspaceId", of: Workspace.self)
        let externalID = query.text("externalId")
        try query.finish()
        let listing = try await portal.endUsers(
            in: workspace,
            externalID: externalID,
            for: context.apiKey,
            page
        )
        return .json(listing.json("endUsers", \.json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) {
            ["endUser": $0.json]
        } create: { body, also in
            try await portal.createEndUser(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func get(_: Request, _ context: APIContext) async throws -> Response {
        let user = try await portal.endUser(try id(context), for: context.apiKey)
        let connections = try await portal.connections(of: user)
        return .json(["endUser": user.json, "connections": .array(connections.map(\.json))])
    }

    @Sendable func update(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(["endUser": try await portal.updateEndUser(try id(context), body, for: context.apiKey).json])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        let connections = try await portal.deleteEndUser(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id), "connectionsDeleted": JSON(connections)])
    }

    @Sendable func link(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(.object((try await portal.createPortalLink(for: try id(context), body, for: context.apiKey)).json))
    }

    @Sendable func invite(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        return try await creating(request, context, status: .ok) {
            .object($0.json)
        } create: { body, also in
            try await portal.invite(id, body, for: context.apiKey, also: also, write: pages.inviteMail)
        }
    }

    private func id(_ context: APIContext) throws -> EndUser.ID {
        EndUser.ID(rawValue: try context.parameters.require("id"))
    }
}

extension PortalLink {
    fileprivate var json: JSON.Object {
        ["connectUrl": .string(connectURL), "token": .string(token), "expiresAt": JSON(expiresAt)]
    }
}

extension SentInvitation {
    fileprivate var json: JSON.Object {
        var json = link.json
        json["emailSent"] = .bool(emailSent)
        return json
    }
}

extension EndUser {
    fileprivate var json: JSON {
        [
            "id": JSON(id),
            "workspaceId": JSON(workspaceID),
            "externalId": .string(externalID),
            "displayName": JSON(displayName),
            "email": JSON(email),
            "metadata": metadata,
            "connectionCount": JSON(connectionCount),
            "type": "external",
            "createdAt": JSON(createdAt),
            "updatedAt": JSON(updatedAt),
        ]
    }
}
