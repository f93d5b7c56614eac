internal import Crypto
internal import Foundation
internal import JWTKit
internal import OAuth
internal import Storage
internal import StrictJSON

/// Signs and checks connect tokens: `cst_` and a JWT (HS256) that names a session and nothing private.
///
/// Each key of the ring gives one signing key, used for this and nothing else; the `kid` tells which.
struct ConnectTokens: Sendable {
    private let signers: JWTKeyCollection
    private let issuer: String
    private let kid: JWKIdentifier
    private static let prefix = "cst_"
    private static let type = "connect+jwt"

    private struct Claims: JWTPayload {
        var iss: String
        var aud: String
        var jti: String
        var org: String
        var iat: Int64
        var exp: Int64

        // Expiry is the session's, in its row: a finished session stays readable for a while.
        func verify(using _: some JWTAlgorithm) throws {}
    }

    init(keys: KeyRing, issuer: String) async throws {
        signers = JWTKeyCollection()
        self.issuer = issuer
        kid = JWKIdentifier(string: keys.ids[0])
        for id in keys.ids {
            guard let key = keys.derivedKey(purpose: "connect-token", id: id) else { continue }
            await signers.add(hmac: HMACKey(key: key), digestAlgorithm: .sha256, kid: JWKIdentifier(string: id))
        }
    }

    func sign(_ session: ConnectSession) async throws -> String {
        let claims = Claims(
            iss: issuer,
            aud: "connect",
            jti: session.id.rawValue,
            org: session.organizationID.rawValue,
            iat: session.createdAt.seconds,
            exp: session.expiresAt.seconds
        )
        return Self.prefix + (try await signers.sign(claims, kid: kid, header: ["typ": .string(Self.type)]))
    }

    /// The session and organization that a token names, or nothing where it is not one of ours.
    func read(_ token: String) async -> (session: ConnectSession.ID, organization: Organization.ID)? {
        guard token.hasPrefix(Self.prefix), token.utf8.count <= 2048 else { return nil }
        let jwt = String(token.dropFirst(Self.prefix.count))
        guard let header = jwt.split(separator: ".").first.flatMap({ Base64URL.decode($0) }),
            let fields = try? JSON.parse(Array(header)), fields["typ"]?.string == Self.type,
            fields["alg"]?.string == "HS256",
            let claims = try? await signers.verify(jwt, as: Claims.self), claims.iss == issuer, claims.aud == "connect"
        else { return nil }
        return (ConnectSession.ID(rawValue: claims.jti), Organization.ID(rawValue: claims.org))
    }
}
