internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/connections`: what is connected, and how to get at it.
struct ConnectionsAPI {
    let portal: Portal
    let creating: Creating

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let id = query.id("id", of: Connection.self)
        let page = query.page()
        let filter = filter(&query)
        try query.finish()
        if let id {
            let (connection, events) = try await portal.connectionWithEvents(id, for: context.apiKey)
            return .json(["connection": connection.json, "events": .array(events.map(\.json))])
        }
        let listing = try await portal.connections(for: context.apiKey, filter, page)
        return .json(listing.json("connections", \.json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) {
            ["connection": $0.json]
        } create: { body, also in
            try await portal.createConnection(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func rename(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(["connection": try await portal.renameConnection(try id(context), body, for: context.apiKey).json])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = try id(context)
        try await portal.deleteConnection(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
    }

    @Sendable func refresh(_: Request, _ context: APIContext) async throws -> Response {
        .json(["connection": try await portal.refreshConnection(try id(context), for: context.apiKey).json])
    }

    @Sendable func resolve(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return .json(["connection": try await portal.resolveConnection(body, for: context.apiKey).json])
    }

    @Sendable func credentials(_: Request, _ context: APIContext) async throws -> Response {
        try await reveal(try await portal.connection(try id(context), for: context.apiKey), context)
    }

    @Sendable func resolveCredentials(_ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.json()
        return try await reveal(try await portal.resolveConnection(body, for: context.apiKey), context)
    }

    private func reveal(_ connection: Connection, _ context: APIContext) async throws -> Response {
        let credentials = try await portal.credentials(of: connection, for: context.apiKey)
        return .json(["connection": credentials.connection.json, "credentials": credentials.json])
    }

    private func id(_ context: APIContext) throws -> Connection.ID {
        Connection.ID(rawValue: try context.parameters.require("id"))
    }

    private func filter(_ query: inout Query) -> ConnectionFilter {
        var filter = ConnectionFilter()
        filter.integrationName = query.text("integrationName", limit: 63)
        filter.workspaceID = query.id("workspaceId")
        filter.endUserExternalID = query.text("endUserId")
        filter.externalID = query.text("externalId")
        filter.status = query.choice("status")
        return filter
    }
}

extension Connection {
    var json: JSON {
        [
            "id": JSON(id),
            "externalId": .string(externalID),
            "displayName": .string(displayName),
            "integrationName": .string(integrationName),
            "authMethodKey": .string(authMethodKey),
            "type": .string(type.rawValue),
            "status": .string(status.rawValue),
            "statusReason": JSON(statusReason?.rawValue),
            "scope": .string(scope.rawValue),
            "workspaceId": JSON(workspaceID),
            "endUserId": JSON(endUserExternalID),
            "account": account,
            "grantedScopes": JSON(grantedScopes),
            "expiresAt": JSON(expiresAt),
            "lastRefreshedAt": JSON(lastRefreshedAt),
            "refresh": refreshing?.json ?? .null,
            "createdAt": JSON(createdAt),
            "updatedAt": JSON(updatedAt),
        ]
    }

    private var account: JSON {
        guard let accountID else { return .null }
        return ["id": .string(accountID), "label": JSON(accountLabel)]
    }
}

extension Connection.Refreshing {
    fileprivate var json: JSON {
        [
            "nextAttemptAt": JSON(dueAt),
            "failures": JSON(failures),
            "lastError": JSON(lastError),
            "outcome": .string(isOutcomeUnknown ? "uncertain" : "known"),
        ]
    }
}

extension ConnectionEvent {
    fileprivate var json: JSON { ["at": JSON(at), "type": .string(type), "detail": detail] }
}
