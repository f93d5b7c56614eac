import OAuth
import StrictJSON
import Testing

@Suite struct JSONWebKeyTests {
    @Test func `the thumbprint of RFC 7638 §3.1`() throws {
        let key = try #require(JSONWebKey(.key(PublishedKeys.thumbprinted)))
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        #expect(key.id == "2011-04-29")
        #expect(key.algorithm == .rs256)
    }

    @Test func `the thumbprint of RFC 8037 A.3`() throws {
        let key = try #require(JSONWebKey(.key(PublishedKeys.ed25519)))
        #expect(key.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test(arguments: [
        PublishedKeys.rsa, PublishedKeys.p256, PublishedKeys.ed25519, PublishedKeys.thumbprinted,
        PublishedKeys.cookbookRSA, PublishedKeys.cookbookP521,
    ])
    func `what is private is not kept, and what is kept can be read again`(text: String) throws {
        let key = try #require(JSONWebKey(.key(text)))
        let names = key.json.object?.members.map(\.name) ?? []
        #expect(Set(names).isDisjoint(with: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]))
        #expect(JSONWebKey(key.json) == key)
        #expect(key.json["use"] == "sig")
    }

    private static let changes: [(String, [String: JSON?])] = [
        (PublishedKeys.rsa, ["kty": "oct"]), (PublishedKeys.rsa, ["kty": "rsa"]), (PublishedKeys.rsa, ["kty": nil]),
        (PublishedKeys.rsa, ["use": "enc"]), (PublishedKeys.rsa, ["key_ops": ["sign"]]),
        (PublishedKeys.rsa, ["alg": "RSA-OAEP-256"]), (PublishedKeys.rsa, ["alg": "ES256"]),
        (PublishedKeys.rsa, ["alg": "HS256"]), (PublishedKeys.rsa, ["alg": 1]), (PublishedKeys.rsa, ["kid": 1]),
        (PublishedKeys.rsa, ["n": nil]), (PublishedKeys.rsa, ["e": ""]), (PublishedKeys.rsa, ["n": ""]),
        (PublishedKeys.rsa, ["n": "AQAB"]), (PublishedKeys.rsa, ["e": "AQAC"]),
        (PublishedKeys.rsa, ["n": .string(shortModulus)]),
        (PublishedKeys.rsa, ["n": .string("gA" + String(repeating: "A", count: 2000) + "B")]),
        (PublishedKeys.p256, ["crv": "P-384"]), (PublishedKeys.p256, ["crv": "secp256k1"]),
        (PublishedKeys.p256, ["x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ"]),
        (PublishedKeys.p256, ["y": "AAAA"]), (PublishedKeys.p256, ["y": nil]),
        (PublishedKeys.ed25519, ["crv": "X25519"]), (PublishedKeys.ed25519, ["crv": "Ed448"]),
        (PublishedKeys.ed25519, ["x": "AAAA"]), (PublishedKeys.ed25519, ["alg": "ES256"]),
    ]

    /// Of 1024 bits.
    private static let shortModulus = """
        kfPpFFDqvzoYB9ob8lI6IqQzuBFD4FhlZgZA3Kb__b1Uq8xuzXvUtGy-7TLxRUFtmj8iaIZCz6IQNKqG_ZOO1BTAp2-6lhr1D2TR33JB4L74\
        NFE1-CNJVjmhsJzrZGjFai1b-Ai7cftM57V2N62x2Hm78Q8420zIHDEDtkd-PD8
        """

    @Test(arguments: changes)
    func `what cannot be used is skipped, and costs no other key`(text: String, change: [String: JSON?]) throws {
        let strange = try JSON.key(text).with(change)
        #expect(JSONWebKey(strange) == nil)
        let good = try JSON.key(PublishedKeys.thumbprinted)
        let set = try JSONWebKeySet(["keys": [strange, "text", 1, .null, [:], good]])
        #expect(set.keys.map(\.id) == ["2011-04-29"])
    }

    @Test func `a key of a secret is none of a set`() throws {
        #expect(try JSONWebKeySet(["keys": [["kty": "oct", "k": "c2VjcmV0"]]]).keys.isEmpty)
    }

    @Test(arguments: [
        ("", JSONWebKeySetFault.malformed), ("[]", .malformed), ("{}", .malformed), (#"{"keys":{}}"#, .malformed),
        (#"{"keys":[],"keys":[]}"#, .malformed),
        (#"{"keys":["# + Array(repeating: "1", count: 101).joined(separator: ",") + "]}", .tooManyKeys),
        (String(repeating: " ", count: 262_145), .tooLarge),
    ])
    func `what is not a set`(text: String, fault: JSONWebKeySetFault) {
        #expect(throws: fault) { try JSONWebKeySet(Array(text.utf8)) }
    }

    @Test func `a set can be stored and read again`() throws {
        let keys = try JSONWebKeySet(["keys": [.key(PublishedKeys.rsa), .key(PublishedKeys.p256, id: "ü\"")]])
        #expect(try JSONWebKeySet(keys.json.bytes) == keys)
        #expect(keys.keys.count == 2)
    }
}
