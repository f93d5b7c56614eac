import OAuth
import StrictJSON
import Testing

/// Whatever a provider sends, the readers give a value that holds what it promises, or a typed error, and go on.
@Suite struct MutationTests {
    /// How many of the mutants were taken for a value.
    private func accepted(
        of seeds: [String],
        count: Int,
        seed: UInt64,
        _ read: ([UInt8]) throws -> Bool
    ) rethrows -> Int {
        var mutator = Mutator(seed: seed)
        return try (0..<count).count { index in
            try read(mutator.mutate(Array(seeds[index % seeds.count].utf8)))
        }
    }

    @Test func `token answers`() {
        let seeds = [
            #"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600,"scope":"a b"}"#,
            #"{"access_token":"A","refresh_token":"R","id_token":"I","expires_in":"3600","team":{"id":"T"}}"#,
            #"{"error":"invalid_grant","error_description":"The code \"x\" is over"}"#,
            #"{"ok":false,"error":{"type":"OAuthException","message":"no","code":190}}"#,
            "access_token=gho_x&scope=a%2Cb&token_type=bearer&expires_in=28800",
        ]
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        provider.keepFromToken = ["team.id"]
        let accepted = accepted(of: seeds, count: 5000, seed: 1) { bytes in
            let form = "application/x-www-form-urlencoded"
            let contentType = bytes.first == UInt8(ascii: "{") ? "application/json" : form
            let response = HTTPResponseMessage(status: 200, contentType: contentType, body: bytes)
            guard let answer = try? TokenResponse(response, from: provider) else { return false }
            for token in [answer.accessToken, answer.refreshToken, answer.idToken].compactMap(\.self) {
                #expect(!token.isEmpty && token.reveal().utf8.allSatisfy { (0x21...0x7E).contains($0) })
            }
            #expect(answer.expiresIn ?? 0 >= 0)
            return true
        }
        #expect(accepted > 50)
    }

    @Test func `authorization responses`() {
        let state = "0123456789abcdef"
        let seeds = [
            "state=\(state)&code=SplxlOBeZQQYbYS6WxSbIA&iss=https%3A%2F%2Fp.example",
            "error=access_denied&error_description=The+person+said+no&state=\(state)", "code=%zz&state=\(state)&x[]=1",
        ]
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        provider.endpoints.issuer = "https://p.example"
        let accepted = accepted(of: seeds, count: 5000, seed: 2) { bytes in
            guard let response = try? AuthorizationResponse(query: String(decoding: bytes, as: UTF8.self)) else {
                return false
            }
            #expect((16...512).contains(response.state.utf8.count))
            guard let code = try? response.code(expecting: provider) else { return false }
            #expect(!code.isEmpty && (response.parameters["iss"] ?? "https://p.example") == "https://p.example")
            return true
        }
        #expect(accepted > 50)
    }

    @Test func `id_tokens`() throws {
        var signIn = try SignIn()
        signIn.forge = .hs256("secret")
        signIn.clientSecret = Secret("secret")
        signIn.expectation.algorithms = [.hs256, .rs256]
        let original = signIn.token.reveal()
        let keys = JSONWebKeySet(keys: [])
        let accepted = accepted(of: [original], count: 3000, seed: 3) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let token = try? IDToken(
                Secret(text),
                expecting: signIn.expectation,
                keys: keys,
                clientSecret: signIn.clientSecret
            )
            // Signed texts have one spelling.
            #expect(token == nil || text == original)
            return token != nil
        }
        #expect(accepted < 50)
    }

    @Test func `id_tokens that are rightly signed`() throws {
        var signIn = try SignIn()
        signIn.expectation.algorithms = [.hs256]
        signIn.expectation.accessToken = Secret("A")
        let header = #"{"alg":"HS256","typ":"JWT","kid":"a"}"#
        let payload = signIn.claims.with([
            "aud": ["client"], "azp": "client", "nbf": 1, "at_hash": "VZrq0IJk1XldOQlxjN0Fqw",
        ])
        var mutator = Mutator(seed: 4)
        let accepted = accepted(of: [payload.text, signIn.claims.text], count: 3000, seed: 4) { bytes in
            let header = mutator.below(4) == 0 ? mutator.mutate(Array(header.utf8)) : Array(header.utf8)
            let token = try? IDToken(
                Forge.hs256("secret").token(payload: bytes, header: header),
                expecting: signIn.expectation,
                keys: JSONWebKeySet(keys: []),
                clientSecret: Secret("secret")
            )
            guard let token else { return false }
            #expect(token.issuer == "https://p.example" && token.claims["iss"] == "https://p.example")
            #expect((1...255).contains(token.subject.utf8.count) && token.claims["nonce"] == "n-0S6_WzA2Mj")
            return true
        }
        #expect(accepted > 50)
    }

    @Test func `key sets`() throws {
        let seeds = try [PublishedKeys.p256, PublishedKeys.rsa, PublishedKeys.ed25519, PublishedKeys.cookbookP521].map {
            try JSON.object(["keys": [["kty": "AKP"], .key($0, id: "a").with(["use": "sig", "alg": nil])]]).text
        }
        let accepted = accepted(of: seeds, count: 2000, seed: 5) { bytes in
            guard let keys = try? JSONWebKeySet(bytes) else { return false }
            #expect((try? JSONWebKeySet(keys.json.bytes)) == keys)
            #expect(keys.keys.allSatisfy { $0.json["d"] == nil && $0.json["p"] == nil })
            return true
        }
        #expect(accepted > 50)
    }

    @Test func `signing keys`() {
        let seeds = [
            PEMKeys.p256, PEMKeys.ed25519, PEMKeys.olderP256, PEMKeys.rsa, PublishedKeys.p256, PublishedKeys.ed25519,
            PublishedKeys.rsa,
        ]
        let accepted = accepted(of: seeds, count: 1000, seed: 6) { bytes in
            guard let key = try? SigningKey(Secret(String(decoding: bytes, as: UTF8.self))) else { return false }
            #expect(key.publicKey.json["d"] == nil)
            return true
        }
        #expect(accepted > 50)
    }

    @Test func `metadata`() throws {
        let metadata: JSON = [
            "issuer": "https://p.example", "authorization_endpoint": "https://p.example/authorize",
            "token_endpoint": "https://p.example/token", "jwks_uri": "https://p.example:8443/jwks?x=1",
            "require_pushed_authorization_requests": false, "code_challenge_methods_supported": ["S256"],
        ]
        let accepted = accepted(of: [metadata.text], count: 3000, seed: 7) { bytes in
            guard let json = try? JSON.parse(bytes),
                let read = try? ProviderMetadata([json], issuer: "https://p.example")
            else { return false }
            for address in [read.authorizationEndpoint, read.tokenEndpoint, read.jwksURI].compactMap(\.self) {
                #expect(WebAddress(address).map { $0.scheme == "https" || $0.isLoopback } == true)
            }
            #expect((try? ProviderMetadata([read.json], issuer: "https://p.example")) == read)
            return true
        }
        #expect(accepted > 50)
    }
}
