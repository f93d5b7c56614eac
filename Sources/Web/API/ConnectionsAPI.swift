internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/connections`: what is connected; never a secret.
struct ConnectionsAPI {
    let portal: Portal

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let organization = context.apiKey.organizationID
        if let id = request.uri.queryParameters["id"] {
            let id = Connection.ID(rawValue: String(id))
            guard let connection = try await portal.store.read({ try $0.connection(id, of: organization) }) else {
                throw PortalError(.notFound, "Connection not found")
            }
            return .json(["connection": connection.json])
        }
        let page = try Paging(request)
        let (connections, total) = try await portal.store.read { transaction in
            (
                try transaction.connections(of: organization, limit: page.limit, offset: page.offset),
                try transaction.connectionCount(of: organization)
            )
        }
        return .json(["connections": .array(connections.map(\.json)), "total": JSON(total)])
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = Connection.ID(rawValue: try context.parameters.require("id"))
        try await portal.deleteConnection(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
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
            "statusReason": JSON(statusReason),
            "scope": .string(scope.rawValue),
            "workspaceId": JSON(workspaceID),
            "endUserId": JSON(endUserExternalID),
            "account": account,
            "grantedScopes": JSON(grantedScopes),
            "expiresAt": JSON(expiresAt),
            "lastRefreshedAt": JSON(lastRefreshedAt),
            "createdAt": JSON(createdAt),
            "updatedAt": JSON(updatedAt),
        ]
    }

    private var account: JSON {
        guard let accountID else { return .null }
        return ["id": .string(accountID), "label": JSON(accountLabel)]
    }
}
