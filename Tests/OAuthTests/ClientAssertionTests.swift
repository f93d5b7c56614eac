import OAuth
import StrictJSON
import Testing

@Suite struct ClientAssertionTests {
    private func assertion(randomBytes: [UInt8] = Array(0..<16)) -> ClientAssertion {
        ClientAssertion(
            clientID: "client",
            audience: "https://p.example",
            randomBytes: randomBytes,
            issuedAt: 1_700_000_000
        )
    }

    @Test(arguments: [PublishedKeys.rsa, PublishedKeys.p256, PublishedKeys.ed25519])
    func `can be verified with the public key`(text: String) throws {
        let key = try SigningKey(Secret(text))
        let parameters = try assertion().parameters(signedWith: key)
        #expect(parameters.pairs.map(\.name) == ["client_assertion_type", "client_assertion"])
        #expect(
            parameters["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        )
        let token = try #require(parameters["client_assertion"])
        let signature = try JSONWebSignature(Secret(token), allowing: [key.algorithm])
        #expect(signature.keyID == key.publicKey.id)

        // As the provider would: from the published key set.
        let published = JSONWebKeySet(keys: [key.publicKey]).json
        let claims = try JSON.parse(signature.payload(verifiedBy: JSONWebKeySet(published)))
        #expect(
            claims == [
                "iss": "client", "sub": "client", "aud": "https://p.example", "jti": "AAECAwQFBgcICQoLDA0ODw",
                "iat": 1_700_000_000, "exp": 1_700_000_060,
            ]
        )
    }

    @Test func `each has its own name`() {
        #expect(assertion(randomBytes: [1]).id != assertion(randomBytes: [2]).id)
    }
}
