internal import Connect
internal import Foundation
internal import Hummingbird
internal import Integrations
internal import OAuth
internal import Storage
internal import StrictJSON

/// `/api/v1/integrations`: what can be connected, for anybody.
struct IntegrationsAPI {
    let portal: Portal
    let tiles: TileFiles

    /// The names that can be connected by OAuth right now; with a key, those with the organization's own apps, too.
    @Sendable func oauthStatus(_: Request, _ context: PortalContext) async throws -> Response {
        let organization = try? context.caller.get().organizationID
        return .json(["configured": JSON(try await portal.integrationsWithApp(for: organization))])
    }

    @Sendable func list(_ request: Request, _: PortalContext) throws -> Response {
        var query = Query(request)
        let name = query.text("name", limit: 63)
        let isSummary = query.bool("summary")
        let page = query.page(standard: nil)
        try query.finish()
        if let name {
            guard let integration = portal.catalog[name] else {
                throw PortalError(.integrationNotFound, "There is no integration named \(name.prefix(63))")
            }
            return .json(["integration": integration.json(tiles)])
        }
        let all = portal.catalog.integrations
        return .json([
            "integrations": .array(
                all.dropFirst(page.offset).prefix(page.limit ?? .max).map {
                    isSummary ? $0.summary(tiles) : $0.json(tiles)
                }
            ),
            "total": JSON(all.count),
            "registered": JSON(all.count),
        ])
    }
}

extension Integration {
    fileprivate func summary(_ tiles: TileFiles) -> JSON { .object(head(tiles)) }

    fileprivate func json(_ tiles: TileFiles) -> JSON {
        var object = head(tiles)
        object["authOptions"] = .array(auth.map { $0.json(inputs: inputs) })
        object["actions"] = [:]
        object["triggers"] = [:]
        return .object(object)
    }

    private func head(_ tiles: TileFiles) -> JSON.Object {
        [
            "name": .string(name),
            "displayName": .string(displayName),
            "description": .string(description),
            "logoUrl": JSON(tiles.url(name)),
            "docsUrl": JSON(docsURL),
            "categories": JSON(categories),
            "auth": ["type": JSON(auth.map(\.type)), "oauth2": auth.compactMap(\.oauthJSON).first ?? .null],
        ]
    }
}

extension Integration {
    /// In ASCII; nothing where a definition names no web page.
    private var docsURL: String? {
        docs.flatMap(URL.init(string:)).flatMap { $0.scheme == "https" ? $0.absoluteString : nil }
    }
}

extension AuthOption {
    fileprivate func json(inputs: [Field]) -> JSON {
        [
            "key": .string(key),
            "type": .string(type),
            "displayName": .string(displayName),
            "description": .string(description),
            "fields": .array((inputs + fields).map(\.json)),
            "oauth2": oauthJSON ?? .null,
        ]
    }

    fileprivate var oauthJSON: JSON? {
        oauth.map { oauth in
            [
                "authorizationUrl": .string(oauth.endpoints.authorization),
                "tokenUrl": .string(oauth.endpoints.token),
                "scopes": JSON(oauth.scopes),
                "pkce": .bool(oauth.usesPKCE),
            ]
        }
    }
}

extension Field {
    fileprivate var json: JSON {
        [
            "key": .string(key),
            "label": .string(label),
            "type": .string(type.rawValue),
            "required": .bool(required),
            "placeholder": JSON(placeholder),
            "help": JSON(help),
            "pattern": JSON(pattern),
            "options": .array(options.map { ["value": .string($0.value), "label": .string($0.label)] }),
            "prefix": JSON(prefix),
            "suffix": JSON(suffix),
            "default": JSON(defaultValue),
        ]
    }
}
