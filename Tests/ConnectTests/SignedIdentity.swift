import OAuth
import Storage
import StrictJSON

/// An id_token of a provider whose key is that of RFC 7515 appendix A.3.
struct SignedIdentity {
    var subject: String
    var nonce: String?
    var at: Instant
    /// Claims in the place of the usual ones; null = left out.
    var claims: JSON.Object = [:]

    var token: String { get throws { try token(signedWith: Self.key) } }

    func token(signedWith key: SigningKey) throws -> String {
        let now = at.milliseconds / 1000
        var all: JSON.Object = [
            "iss": "https://acme.example", "sub": .string(subject), "aud": "client", "iat": .integer(now),
            "exp": .integer(now + 600), "nonce": JSON(nonce), "email": .string("\(subject)@acme.example"),
            "name": "Ada",
        ]
        for claim in claims.members { all[claim.name] = claim.value }
        for claim in all.members where claim.value.isNull { all[claim.name] = nil }
        return try key.sign(claims: all).reveal()
    }

    static var key: SigningKey { get throws { try SigningKey(Secret(keyText)) } }

    /// As a JWK.
    static let keyText = """
        {"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", \
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}
        """
}
