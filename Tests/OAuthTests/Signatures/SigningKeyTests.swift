import OAuth
import StrictJSON
import Testing

@Suite struct SigningKeyTests {
    private static let keys: [(String, String, SignatureAlgorithm)] = [
        (PublishedKeys.rsa, PublishedKeys.rsa, .rs256), (PEMKeys.rsa, PublishedKeys.rsa, .rs256),
        (PEMKeys.olderRSA, PublishedKeys.rsa, .rs256), (PublishedKeys.p256, PublishedKeys.p256, .es256),
        (PEMKeys.p256, PublishedKeys.p256, .es256), (PEMKeys.olderP256, PublishedKeys.p256, .es256),
        (PublishedKeys.ed25519, PublishedKeys.ed25519, .edDSA), (PEMKeys.ed25519, PublishedKeys.ed25519, .edDSA),
    ]

    @Test(arguments: keys)
    func `reads PEM and JWK`(text: String, published: String, algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey(Secret(text))
        let expected = try #require(JSONWebKey(.key(published)))
        #expect(key.algorithm == algorithm)
        #expect(key.publicKey.thumbprint == expected.thumbprint)
        #expect(key.publicKey.id == expected.thumbprint)
        #expect(key.publicKey.algorithm == algorithm)
        let names = key.publicKey.json.object?.members.map(\.name) ?? []
        #expect(Set(names).isSubset(of: ["kty", "crv", "n", "e", "x", "y", "use", "kid", "alg"]))
    }

    @Test(arguments: [PEMKeys.rsa, PEMKeys.olderP256, PEMKeys.ed25519])
    func `PEM that went through a form field`(text: String) throws {
        let id = try SigningKey(Secret(text)).publicKey.id
        for separator in ["", " ", "\r\n", "\\n", "\n    "] {
            let changed = "  " + text.replacing("\n", with: separator) + separator + "\n"
            #expect(try SigningKey(Secret(changed)).publicKey.id == id)
        }
    }

    @Test func `what stands before an older elliptic key`() throws {
        let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        #expect(try SigningKey(Secret(parameters + PEMKeys.olderP256)).algorithm == .es256)
    }

    /// RFC 8410 §10.3.
    @Test func `Ed25519 with attributes and its public half`() throws {
        let key = try SigningKey(
            Secret(
                """
                -----BEGIN PRIVATE KEY-----
                MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
                oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
                Z9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PRIVATE KEY-----
                """
            )
        )
        #expect(key.publicKey.json["x"] == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE")
    }

    @Test(arguments: [
        ("", SigningKeyFault.malformed), ("secret", .malformed), ("[]", .malformed), ("{}", .malformed),
        ("-----BEGIN PRIVATE KEY-----", .malformed), (String(PEMKeys.rsa.dropLast(40)), .malformed),
        (PEMKeys.p256.replacing("MIGH", with: "MIGI"), .malformed),
        (PEMKeys.rsa.replacing("MII", with: "M!!"), .malformed),
        (String(repeating: " ", count: 40000), .malformed),
        (PEMKeys.encrypted, .encrypted), (PEMKeys.publicRSA, .notPrivate), (PublishedKeys.thumbprinted, .notPrivate),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", .notPrivate),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----", .malformed),
        (
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,6DE6A628249C7309624D5C3ABC7CDBC6

            AAAA
            -----END RSA PRIVATE KEY-----
            """, .encrypted
        ),
        (PEMKeys.p384, .unsupported), (PEMKeys.x25519, .unsupported), (PEMKeys.shortRSA, .tooShort),
        (#"{"kty":"oct","k":"c2VjcmV0"}"#, .unsupported), (#"{"kty":"EC","crv":"P-384","d":"AAAA"}"#, .unsupported),
        (#"{"kty":"EC","crv":"P-256","d":"AAAA"}"#, .malformed),
    ])
    func `says what is wrong with a key`(text: String, fault: SigningKeyFault) {
        #expect(throws: fault) { try SigningKey(Secret(text)) }
    }

    private static let changes: [(String, [String: JSON?], SigningKeyFault)] = [
        (PublishedKeys.rsa, ["p": nil], .malformed), (PublishedKeys.rsa, ["q": "AAAA"], .malformed),
        (PublishedKeys.rsa, ["q": .string(String(repeating: "A", count: 171))], .malformed),
        (PublishedKeys.rsa, ["q": .string(otherPrime)], .malformed), (PublishedKeys.rsa, ["d": "AQAB"], .malformed),
        (PublishedKeys.rsa, ["n": "AQAB"], .tooShort), (PublishedKeys.rsa, ["e": "Aw"], .malformed),
        (PublishedKeys.rsa, ["alg": "ES256"], .unsupported), (PublishedKeys.rsa, ["alg": "RSA-OAEP"], .unsupported),
        (PublishedKeys.rsa, ["use": "enc"], .unsupported), (PublishedKeys.rsa, ["alg": .null], .unsupported),
        (PublishedKeys.p256, ["x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ"], .malformed),
        (PublishedKeys.p256, ["d": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], .malformed),
        (PublishedKeys.ed25519, ["x": nil], .malformed), (PublishedKeys.ed25519, ["d": "AA"], .malformed),
    ]

    /// `p` of the same key.
    private static let otherPrime = """
        4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2\
        KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc
        """

    @Test(arguments: changes)
    func `halves that do not belong together`(text: String, change: [String: JSON?], fault: SigningKeyFault) throws {
        let text = try JSON.key(text).with(change).text
        #expect(throws: fault) { try SigningKey(Secret(text)) }
    }

    @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
    func `signs with the algorithm that a JWK names`(name: String) throws {
        let key = try SigningKey(Secret(JSON.key(PublishedKeys.rsa, id: "k1").with(["alg": .string(name)]).text))
        #expect(key.algorithm.rawValue == name)
        #expect(key.publicKey.id == "k1")
        let token = try key.sign(claims: ["a": 1], header: ["typ": "JWT", "alg": "none", "kid": "other"])
        let signature = try JSONWebSignature(token, allowing: [key.algorithm])
        #expect(signature.keyID == "k1")
        let payload = try signature.payload(verifiedBy: JSONWebKeySet(keys: [key.publicKey]))
        #expect(payload == Array(#"{"a":1}"#.utf8))
    }

    @Test func `shows nothing of itself`() throws {
        let key = try SigningKey(Secret(PublishedKeys.p256))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "•••" && String(reflecting: key) == "•••")
        #expect(!dumped.contains("Signing.PrivateKey") && !dumped.contains("material"))
    }
}
