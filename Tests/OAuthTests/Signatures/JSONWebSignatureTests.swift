import Crypto
import OAuth
import StrictJSON
import Testing

@Suite struct JSONWebSignatureTests {
    private static let everything = Set(SignatureAlgorithm.allCases)

    private func read(_ text: String, allowing algorithms: Set<SignatureAlgorithm> = everything) throws(SignatureFault)
    {
        _ = try JSONWebSignature(Secret(text), allowing: algorithms)
    }

    private func part(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }

    @Test(arguments: [
        "", "..", "a.b", "a.b.c.d", "!.e30.e30", "e30=.e30.e30",
        // The last character has bits that belong to no byte.
        "eyJhbGciOiJSUzI1NiJ9.e30.QR", "eyJhbGciOiJSUzI1NiJ9.e31.QQ", "eyJhbGciOiJSUzI1NiJ9.e30.A",
        "eyJhbGciOiJSUzI1NiJ9.e30.Q Q",
    ])
    func `a text of another form is malformed`(text: String) {
        #expect(throws: SignatureFault.malformed) { try read(text) }
    }

    @Test(arguments: [
        ("[]", SignatureFault.malformed), ("{}", .malformed), (#"{"alg":1}"#, .malformed),
        (#"{"alg":"RS256","alg":"HS256"}"#, .malformed), (#"{"alg":"RS256","kid":1}"#, .malformed),
        (#"{"alg":"none"}"#, .algorithmNotAllowed), (#"{"alg":"NONE"}"#, .algorithmNotAllowed),
        (#"{"alg":"rs256"}"#, .algorithmNotAllowed), (#"{"alg":"ES256K"}"#, .algorithmNotAllowed),
        (#"{"alg":"RS256","crit":["exp"]}"#, .criticalHeader), (#"{"alg":"RS256","crit":[]}"#, .criticalHeader),
        (#"{"alg":"none","crit":["b64"],"b64":false}"#, .criticalHeader),
    ])
    func `a header that is refused`(header: String, fault: SignatureFault) {
        #expect(throws: fault) { try read("\(part(header)).e30.QQ") }
    }

    @Test func `size`() {
        #expect(throws: SignatureFault.tooLarge) { try read(String(repeating: "a", count: 65537)) }
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `only what is allowed`(algorithm: SignatureAlgorithm) {
        let text = part(#"{"alg":"\#(algorithm.rawValue)"}"#) + ".e30.QQ"
        #expect(throws: Never.self) { try read(text, allowing: [algorithm]) }
        #expect(throws: SignatureFault.algorithmNotAllowed) {
            try read(text, allowing: Self.everything.subtracting([algorithm]))
        }
    }

    // MARK: Which key

    private func verify(
        _ token: Secret,
        with keys: [JSON],
        clientSecret: Secret? = nil,
        allowing algorithms: Set<SignatureAlgorithm> = everything
    ) throws {
        let signature = try JSONWebSignature(token, allowing: algorithms)
        let payload = try signature.payload(
            verifiedBy: JSONWebKeySet(["keys": .array(keys)]),
            clientSecret: clientSecret
        )
        #expect(payload == Array("{}".utf8))
    }

    @Test func `a name decides on the key`() throws {
        let token = Forge.es256(Forge.p256).token([:], header: ["kid": "b"])
        let other = P256.Signing.PrivateKey()
        try verify(token, with: [Forge.jwk(other, id: "a"), Forge.jwk(Forge.p256, id: "b")])
        // Not tried under another name, even though it would verify.
        #expect(throws: SignatureFault.badSignature) {
            try verify(token, with: [Forge.jwk(Forge.p256, id: "a"), Forge.jwk(other, id: "b")])
        }
        #expect(throws: SignatureFault.unknownKey) { try verify(token, with: [Forge.jwk(Forge.p256, id: "a")]) }
        #expect(throws: SignatureFault.unknownKey) { try verify(token, with: [Forge.jwk(Forge.p256)]) }
        #expect(throws: SignatureFault.unknownKey) { try verify(token, with: []) }
        #expect(throws: SignatureFault.unsuitableKey) {
            try verify(token, with: [.key(PublishedKeys.rsa, id: "b")])
        }
        // Two kinds of key may share a name (RFC 7517 §4.5).
        try verify(token, with: [.key(PublishedKeys.rsa, id: "b"), Forge.jwk(Forge.p256, id: "b")])
    }

    @Test func `without a name each key that fits is tried`() throws {
        let token = Forge.es256(Forge.p256).token([:])
        let others = try [Forge.jwk(P256.Signing.PrivateKey(), id: "a"), .key(PublishedKeys.rsa)]
        try verify(token, with: others + [Forge.jwk(Forge.p256, id: "b")])
        // Perhaps there is a new key.
        #expect(throws: SignatureFault.unknownKey) { try verify(token, with: others) }
    }

    @Test func `a key for one algorithm is not taken for another`() throws {
        let key = try JSON.key(PublishedKeys.rsa, id: "a").with(["alg": "PS256"])
        try verify(Forge.ps256.token([:], header: ["kid": "a"]), with: [key])
        #expect(throws: SignatureFault.unsuitableKey) {
            try verify(Forge.rs256.token([:], header: ["kid": "a"]), with: [key])
        }
        // The padding counts, not only the key.
        let ps256AsRS256 = Forge.ps256.token([:], header: ["kid": "a", "alg": "RS256"])
        #expect(throws: SignatureFault.badSignature) {
            try verify(ps256AsRS256, with: [.key(PublishedKeys.rsa, id: "a")])
        }
    }

    @Test func `a key in the header is not looked at`() throws {
        let attacker = P256.Signing.PrivateKey()
        let header: JSON.Object = [
            "kid": "a", "jwk": Forge.jwk(attacker, id: "a"), "jku": "https://evil.example/jwks",
            "x5u": "https://evil.example/x5u", "x5c": ["MIIB"],
        ]
        #expect(throws: SignatureFault.badSignature) {
            try verify(Forge.es256(attacker).token([:], header: header), with: [Forge.jwk(Forge.p256, id: "a")])
        }
        try verify(Forge.es256(Forge.p256).token([:], header: header), with: [Forge.jwk(Forge.p256, id: "a")])
    }

    @Test func `the client secret is the only key of HS256`() throws {
        let token = Forge.hs256("secret").token([:])
        try verify(token, with: [], clientSecret: Secret("secret"))
        #expect(throws: SignatureFault.badSignature) { try verify(token, with: [], clientSecret: Secret("other")) }
        #expect(throws: SignatureFault.algorithmNotAllowed) { try verify(token, with: []) }
        #expect(throws: SignatureFault.algorithmNotAllowed) {
            try verify(Forge.hs256("").token([:]), with: [], clientSecret: Secret(""))
        }
        #expect(throws: SignatureFault.algorithmNotAllowed) {
            try verify(token, with: [], clientSecret: Secret("secret"), allowing: [.rs256])
        }
    }

    @Test(arguments: [PEMKeys.publicRSA, PEMKeys.publicRSA + "\n", PublishedKeys.rsa, ""])
    func `a public key is not an HMAC secret`(secret: String) {
        let token = Forge.hs256(secret).token([:])
        #expect(throws: SignatureFault.algorithmNotAllowed) {
            try verify(token, with: [.key(PublishedKeys.rsa)], clientSecret: Secret("s"), allowing: [.rs256])
        }
        #expect(throws: SignatureFault.badSignature) {
            try verify(token, with: [.key(PublishedKeys.rsa)], clientSecret: Secret("s"))
        }
    }
}
