import Crypto
import Foundation
import StrictJSON

/// The `id_token` of OpenID Connect Core §2, right or with one flaw.
extension Sandbox {
    static let idTokenLifetime = 600

    /// `nil` unless a person granted `openid`.
    func idToken(for issued: IssuedTokens, isRefresh: Bool, client: SandboxClient) -> String? {
        let flaw = client.quirks.idToken
        guard let user = issued.grant.user, issued.scopes.contains("openid"), flaw != .absent else { return nil }
        let algorithm = client.quirks.idTokenAlgorithm
        var claims = claims(for: issued, user: user, algorithm: algorithm)
        if !isRefresh { claims["nonce"] = issued.grant.nonce.map(JSON.string) }
        claims.damage(flaw)
        return try? sign(.object(claims), algorithm: algorithm, client: client)
    }

    private func claims(for issued: IssuedTokens, user: SandboxUser, algorithm: SignatureAlgorithm) -> JSON.Object {
        let now = Int(now().timeIntervalSince1970)
        var claims: JSON.Object = [
            "iss": .string(issued.grant.issuer),
            "sub": .string(user.id),
            "aud": .string(issued.grant.clientID),
            "iat": JSON(now),
            "exp": JSON(now + Self.idTokenLifetime),
            "auth_time": JSON(Int(issued.grant.authenticatedAt.timeIntervalSince1970)),
            "at_hash": .string(Base64URL.encode(algorithm.hash.leftHalf(of: issued.accessToken))),
        ]
        for member in user.claims(for: issued.scopes).members { claims[member.name] = member.value }
        return claims
    }

    private func sign(_ claims: JSON, algorithm: SignatureAlgorithm, client: SandboxClient) throws -> String? {
        let flaw = client.quirks.idToken
        if flaw == .unsigned { return JSONWebSignature.input(["alg": "none", "typ": "JWT"], claims) + "." }
        guard let keyType = algorithm.keyType else {
            let stranger = flaw == .wrongSignature ? "x" : ""
            return client.secret.map { Self.sign(claims, secret: Data(($0 + stranger).utf8), keyID: nil) }
        }
        let key = try withKeys { try $0.key(keyType) }
        if flaw == .algorithmConfusion {
            return Self.sign(claims, secret: Data(key.publicPEM.utf8), keyID: try key.id())
        }
        let isForeign = [.wrongSignature, .unknownKey, .embeddedKey].contains(flaw)
        let signer = isForeign ? try SigningKey(keyType) : key
        var header: JSON.Object = ["alg": .string(algorithm.rawValue), "typ": "JWT", "kid": .string(try key.id())]
        switch flaw {
        case .unknownKey: header["kid"] = .string(try signer.id())
        case .embeddedKey: header["jwk"] = try signer.publicKey()
        case .criticalHeader:
            header["crit"] = ["urn:sandbox:must-know"]
            header["urn:sandbox:must-know"] = true
        case .withoutKeyID, .keyAbsentIDWithSeveralKeys: header["kid"] = nil
        default: break
        }
        return try signer.sign(claims, header: .object(header), algorithm: algorithm)
    }

    /// HS256 (RFC 7518 §3.2).
    private static func sign(_ claims: JSON, secret: Data, keyID: String?) -> String {
        var header: JSON.Object = ["alg": "HS256", "typ": "JWT"]
        header["kid"] = keyID.map(JSON.string)
        let input = JSONWebSignature.input(.object(header), claims)
        let code = HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: SymmetricKey(data: secret))
        return input + "." + Base64URL.encode(code)
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
