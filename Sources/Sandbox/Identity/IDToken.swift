import Crypto
import Foundation
import StrictJSON

/// The `id_token` of OpenID Connect Core §2, right or with one flaw.
extension Sandbox {
    static let idTokenLifetime = 600

    /// `nil` unless a person granted `openid`.
    func idToken(for issued: IssuedTokens, isRefresh: Bool, flaw: IDTokenFlaw) -> String? {
        guard let user = issued.grant.user, issued.scopes.contains("openid"), flaw != .absent else { return nil }
        var claims = claims(for: issued, user: user)
        if !isRefresh { claims["nonce"] = issued.grant.nonce.map(JSON.string) }
        damage(&claims, flaw)
        return try? signed(.object(claims), flaw)
    }

    private func claims(for issued: IssuedTokens, user: SandboxUser) -> JSON.Object {
        let now = Int(now().timeIntervalSince1970)
        var claims: JSON.Object = [
            "iss": .string(issuer),
            "sub": .string(user.id),
            "aud": .string(issued.grant.clientID),
            "iat": JSON(now),
            "exp": JSON(now + Self.idTokenLifetime),
            "auth_time": JSON(Int(issued.grant.authenticatedAt.timeIntervalSince1970)),
            "at_hash": .string(Base64URL.encode(SHA256.hash(data: Data(issued.accessToken.utf8)).prefix(16))),
        ]
        for member in user.claims(for: issued.scopes).members { claims[member.name] = member.value }
        return claims
    }

    private func damage(_ claims: inout JSON.Object, _ flaw: IDTokenFlaw) {
        switch flaw {
        case .wrongIssuer: claims["iss"] = .string(issuer + ".attacker.example")
        case .wrongAudience: claims["aud"] = "another-client"
        case .missingAudience: claims["aud"] = nil
        case .extraAudience: claims["aud"] = [claims["aud"] ?? .null, "another-client"]
        case .missingSubject: claims["sub"] = nil
        case .otherSubject: claims["sub"] = "somebody-else"
        case .missingIssuedAt: claims["iat"] = nil
        case .expired: claims["exp"] = .integer((claims["iat"]?.integer ?? 0) - 3600)
        case .wrongNonce: claims["nonce"] = "not-the-nonce"
        case .wrongAccessTokenHash: claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"
        case .none, .absent, .unsigned, .wrongSignature, .unknownKey, .withoutKeyID: break
        }
    }

    private func signed(_ claims: JSON, _ flaw: IDTokenFlaw) throws -> String {
        var header: JSON.Object = ["alg": "ES256", "typ": "JWT", "kid": .string(signingKey.id)]
        switch flaw {
        case .unsigned:
            let header: JSON = ["alg": "none", "typ": "JWT"]
            return Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes) + "."
        case .wrongSignature:
            return try SigningKey().sign(claims, header: .object(header))
        case .unknownKey:
            let stranger = SigningKey()
            header["kid"] = .string(stranger.id)
            return try stranger.sign(claims, header: .object(header))
        case .withoutKeyID:
            header["kid"] = nil
            return try signingKey.sign(claims, header: .object(header))
        default:
            return try signingKey.sign(claims, header: .object(header))
        }
    }
}

extension SandboxUser {
    /// What the granted scopes reveal (OpenID Connect Core §5.4).
    func claims(for scopes: [String]) -> JSON.Object {
        var claims = JSON.Object()
        if scopes.contains("profile") {
            claims["name"] = .string(name)
            claims["preferred_username"] = .string(username)
        }
        if scopes.contains("email") {
            claims["email"] = .string(email)
            claims["email_verified"] = true
        }
        return claims
    }
}
