internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/api-keys`.
struct APIKeysAPI {
    let portal: Portal
    let creating: Creating

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page(standard: nil)
        try query.finish()
        return .json(try await portal.apiKeys(for: context.apiKey, page).json("apiKeys", \.json))
    }

    @Sendable func create(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context) { made in
            ["apiKey": made.key.json, "plainKey": .string(made.plain)]
        } create: { body, also in
            try await portal.createAPIKey(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func delete(_: Request, _ context: APIContext) async throws -> Response {
        let id = APIKey.ID(rawValue: try context.parameters.require("id"))
        try await portal.revokeAPIKey(id, for: context.apiKey)
        return .json(["deleted": true, "id": JSON(id)])
    }
}

extension APIKey {
    fileprivate var json: JSON {
        [
            "id": JSON(id),
            "orgId": JSON(organizationID),
            "name": .string(name),
            "keyPrefix": .string(keyPrefix),
            "permissions": permissions ?? .null,
            "lastUsedAt": JSON(lastUsedAt),
            "expiresAt": JSON(expiresAt),
            "createdAt": JSON(createdAt),
        ]
    }
}
