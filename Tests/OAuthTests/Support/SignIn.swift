import OAuth
import StrictJSON

/// A sign-in at an OpenID provider in which everything is right, for tests to bend.
struct SignIn: Sendable {
    static let now: Int64 = 1_700_000_000

    var forge = Forge.rs256
    var header: JSON.Object = ["kid": "rsa"]
    var claims: JSON = [
        "iss": "https://p.example", "sub": "24400320", "aud": "client", "exp": .integer(now + 300),
        "iat": .integer(now), "nonce": "n-0S6_WzA2Mj",
    ]
    var expectation = IDToken.Expectation(
        issuer: "https://p.example",
        clientID: "client",
        occasion: .authorization(nonce: "n-0S6_WzA2Mj"),
        now: now
    )
    var keys: [JSON]
    var clientSecret: Secret?

    init() throws { keys = [try .key(PublishedKeys.rsa, id: "rsa")] }

    var token: Secret { forge.token(claims, header: header) }

    func read(_ token: Secret? = nil) throws -> IDToken {
        try IDToken(
            token ?? self.token,
            expecting: expectation,
            keys: JSONWebKeySet(["keys": .array(keys)]),
            clientSecret: clientSecret
        )
    }
}
