internal import Foundation
public import Storage
public import StrictJSON

/// A connection's credentials in clear, as a caller may have them: never a refresh token.
public struct RevealedCredentials: Sendable {
    public let json: JSON
}

extension Portal {
    /// Opens the credentials of a connection, for a key that may read them.
    public func credentials(of connection: Connection, for key: APIKey) async throws -> RevealedCredentials {
        guard key.mayReadCredentials else { throw PortalError(.forbidden, "This API key may not read credentials") }
        let sealed = try await store.read { try $0.sealedCredentials(connection.id, of: connection.organizationID) }
        guard let (bytes, version) = sealed else { throw PortalError(.notFound, "Connection not found") }
        let place = Connection.credentialsPlace(connection.id, of: connection.organizationID, version: version)
        let stored = try JSON.parse(Array(try sealer.open(bytes, at: place)))
        return RevealedCredentials(json: revealed(stored, connection))
    }

    private func revealed(_ stored: JSON, _ connection: Connection) -> JSON {
        switch connection.type {
        case .secretText: ["secretText": stored["secretText"] ?? .null]
        case .basicAuth: ["username": stored["username"] ?? .null, "password": stored["password"] ?? .null]
        case .customAuth: ["props": stored["props"] ?? [:]]
        case .oauth2, .platformOAuth2:
            [
                "accessToken": stored["accessToken"] ?? .null,
                "tokenType": stored["tokenType"] ?? "Bearer",
                "expiresAt": JSON(connection.expiresAt?.description),
                "isExpired": .bool(connection.expiresAt.map { $0 <= now() } ?? false),
                "scopes": JSON(connection.grantedScopes),
                "data": stored["data"] ?? [:],
            ]
        }
    }
}
