internal import Foundation
public import Storage
public import StrictJSON

/// A connection with its credentials in clear, as a caller may have them: never a refresh token.
public struct RevealedCredentials: Sendable {
    public let connection: Connection
    public let json: JSON
}

extension Portal {
    /// Opens the credentials of a connection, renewed where their time is over, for a key that may read them.
    ///
    /// Throws `REAUTHORIZATION_REQUIRED` where only the person can mend it, with a link for them, and
    /// `PROVIDER_UNAVAILABLE` where the provider gives no new token just now.
    public func credentials(of connection: Connection, for key: APIKey) async throws -> RevealedCredentials {
        let read = { (status: Activity.Status) in
            entry(
                .credentialsRead,
                by: .key(key),
                on: .connection(connection.id),
                of: connection.organizationID,
                in: connection.workspaceID,
                status
            )
        }
        guard key.mayReadCredentials else {
            try await record(read(.failure))
            throw PortalError(.forbidden, "This API key may not read credentials")
        }
        let live = try await live(connection)
        let (id, organization) = (live.id, live.organizationID)
        let found = try await store.read { transaction -> (Connection, Data)? in
            guard let (sealed, version) = try transaction.sealedCredentials(id, of: organization) else { return nil }
            let isCurrent = version == live.credentialVersion
            return try (isCurrent ? live : transaction.connection(id, of: organization)).map { ($0, sealed) }
        }
        guard let (current, sealed) = found else { throw PortalError(.notFound, "Connection not found") }
        let place = Connection.credentialsPlace(id, of: organization, version: current.credentialVersion)
        let stored = try JSON.parse(Array(try sealer.open(sealed, at: place)))
        // Nobody gets a secret of which that is not written down.
        try await record(read(.success))
        return RevealedCredentials(connection: current, json: revealed(stored, current))
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
                "isExpired": .bool(connection.isExpired(at: now())),
                "scopes": JSON(connection.grantedScopes),
                "data": stored["data"] ?? [:],
            ]
        }
    }
}
