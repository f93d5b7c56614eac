internal import Crypto
internal import CryptoExtras
internal import StrictJSON

extension SigningKey.Material {
    /// The key in a JWK (RFC 7518 §6.2.2, §6.3.2, RFC 8037 §2), whose halves have to belong together.
    init(_ json: JSON) throws(SigningKeyFault) {
        guard json["kty"]?.string != nil else { throw .malformed }
        guard json["use"]?.string ?? "sig" == "sig", let read = Self.reader(json) else { throw .unsupported }
        guard json["d"] != nil else { throw .notPrivate }
        guard let material = try read(json) else { throw .malformed }
        let halvesAgree = material.publicKey.members.members.allSatisfy { json[$0.name] == $0.value }
        guard halvesAgree else { throw .malformed }
        self = material
    }

    private static func reader(_ json: JSON) -> ((JSON) throws(SigningKeyFault) -> Self?)? {
        switch (json["kty"]?.string, json["crv"]?.string) {
        case ("RSA", _): rsa
        case ("EC", "P-256"): p256
        case ("OKP", "Ed25519"): ed25519
        default: nil
        }
    }

    private static func p256(_ json: JSON) -> Self? {
        bytes("d", of: json).flatMap { try? P256.Signing.PrivateKey(rawRepresentation: $0) }.map(Self.p256)
    }

    private static func ed25519(_ json: JSON) -> Self? {
        bytes("d", of: json).flatMap { try? Curve25519.Signing.PrivateKey(rawRepresentation: $0) }.map(Self.ed25519)
    }

    /// With its two primes, which RFC 7518 §6.3.2 wants there: finding them from `d` would take long.
    private static func rsa(_ json: JSON) throws(SigningKeyFault) -> Self? {
        guard let n = bytes("n", of: json), let e = bytes("e", of: json), let d = bytes("d", of: json),
            let p = bytes("p", of: json), let q = bytes("q", of: json)
        else { return nil }
        guard n.count >= 256 else { throw .tooShort }
        // What cannot be half of the modulus, or a prime, must not reach the arithmetic.
        guard [p, q].allSatisfy({ $0.count > n.count / 4 && $0.first != 0 && !($0.last ?? 0).isMultiple(of: 2) }) else {
            return nil
        }
        return (try? _RSA.Signing.PrivateKey(n: n, e: e, d: d, p: p, q: q)).map(Self.rsa)
    }

    private static func bytes(_ name: String, of json: JSON) -> [UInt8]? {
        json[name]?.string.flatMap { Base64URL.strictBytes($0) }
    }
}
