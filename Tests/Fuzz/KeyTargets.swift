import OAuth
import StrictJSON

extension Target {
    /// What a `jwks_uri` answers: public keys that can be used, and nothing private.
    static let jwks = Target("jwks") { sample in
        guard let set = try? JSONWebKeySet(sample.bytes) else { return }
        let again = try? JSONWebKeySet(set.json)
        expect(again == set, "a set that is written is read as the same")
        for key in set.keys {
            checkPublic(key)
            expect(key.thumbprint.utf8.count == 43, "a thumbprint is SHA-256")
        }
        let token = SignInSample.token(payload: sample.bytes)
        for algorithm in SignatureAlgorithm.allCases where algorithm != .hs256 {
            let forged = forged(algorithm, in: token)
            let signature = try? JSONWebSignature(forged, allowing: [algorithm])
            expect((try? signature?.payload(verifiedBy: set)) == nil, "no key proves what it did not sign")
        }
    }

    /// The private key of a client, as somebody pastes it: what can sign can be checked by its public half.
    static let signingKey = Target("signing-key") { sample in
        guard let key = try? SigningKey(Secret(sample.text)) else { return }
        checkPublic(key.publicKey)
        guard let token = try? key.sign(claims: ["sub": "client"]) else { return }
        let signature = try? JSONWebSignature(token, allowing: [key.algorithm])
        let payload = try? signature?.payload(verifiedBy: JSONWebKeySet(keys: [key.publicKey]))
        expect(payload == Array(#"{"sub":"client"}"#.utf8), "the public half proves what the private one signed")
    }

    private static func checkPublic(_ key: JSONWebKey) {
        let names = Set(key.json.object?.members.map(\.name) ?? [])
        expect(names.isDisjoint(with: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]), "nothing private is shown")
        if let modulus = key.json["n"]?.string.flatMap({ Base64URL.decode($0) }) {
            expect((256...1024).contains(modulus.count), "RSA has 2048 to 8192 bits")
        }
    }

    private static func forged(_ algorithm: SignatureAlgorithm, in token: Secret) -> Secret {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        let header = Base64URL.encode(Array(#"{"alg":"\#(algorithm.rawValue)"}"#.utf8))
        return Secret("\(header).\(parts[1]).\(parts[2])")
    }
}
