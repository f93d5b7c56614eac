import OAuth
import Storage
import StrictJSON
import TestSupport

/// What the provider of the plain definition answers, with more in it than any one definition reads.
struct AcmeAnswers: Sendable {
    /// Answers in the place of the usual ones, by path.
    var others: [String: JSON] = [:]
    var statuses: [String: Int] = [:]

    /// Everything but what tells who signed in, which takes a nonce.
    func prepare(_ test: TestPortal, nonce: String?) throws {
        var answers = try usual(test, nonce: nonce)
        answers.merge(others) { $1 }
        for (path, body) in answers { test.provider.reply(to: path, status: statuses[path] ?? 200, body.text) }
    }

    private func usual(_ test: TestPortal, nonce: String?) throws -> [String: JSON] {
        let ada = SignedIdentity(subject: "u-1", nonce: nonce, at: test.clock.now)
        let eve = SignedIdentity(subject: "nested-sub", nonce: nonce, at: test.clock.now)
        return [
            "/token": [
                "access_token": "access-1", "refresh_token": "refresh-1", "token_type": "Bearer", "expires_in": 3600,
                "scope": "read write", "id_token": .string(try ada.token),
                "team": ["id": "T1"],
                "nested": [
                    "access": "nested-access", "refresh": "nested-refresh", "type": "bot", "expires": 7200,
                    "scope": "nested", "id": .string(try eve.token),
                    "ok": false, "error": "access_denied", "description": "nested words",
                ],
            ],
            "/long": ["access_token": "long-1", "nested": ["access": "nested-long"]],
            "/me": ["id": "m-1", "name": "Ada"],
            "/userinfo": ["sub": "u-1", "email": "ada@acme.example", "name": "Ada"],
            "/sites": [
                ["id": "s-1", "key": "k-1", "name": "North", "kind": "open"],
                ["id": "s-2", "key": "k-2", "name": "South", "kind": "closed"],
            ],
            "/wrapped-sites": ["values": [["id": "w-1"]]],
            "/nothing": [],
            "/par": ["request_uri": "urn:acme:1", "expires_in": 60],
            "/check": [:], "/end": [:], "/revoke": [:],
            "/jwks": ["keys": [try SignedIdentity.key.publicKey.json]],
            "/.well-known/openid-configuration": [
                "issuer": "https://acme.example", "authorization_endpoint": "https://acme.example/found/authorize",
                "token_endpoint": "https://acme.example/found/token",
            ],
        ]
    }
}
