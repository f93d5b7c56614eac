internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import StrictJSON

extension VerificationKey {
    /// The key in a JWK (RFC 7518 §6, RFC 8037 §2); nothing where it is of another kind, too short or not a key.
    ///
    /// RSA from 2048 bits (RFC 7518 §3.3) to 8192, so that nobody's key keeps us busy; a point has to be on its curve.
    init?(_ json: JSON) {
        func bytes(_ name: String) -> [UInt8]? { json[name]?.string.flatMap { Base64URL.strictBytes($0) } }
        func point(_ size: Int) -> [UInt8]? {
            guard let x = bytes("x"), let y = bytes("y"), x.count == size, y.count == size else { return nil }
            return [4] + x + y
        }
        var key: VerificationKey?
        switch (json["kty"]?.string, json["crv"]?.string) {
        case ("RSA", _):
            guard let n = bytes("n"), let e = bytes("e"), n.count <= 1025, e.count <= 8 else { return nil }
            key = (try? _RSA.Signing.PublicKey(n: n, e: e)).map(Self.rsa)
        case ("EC", "P-256"):
            key = point(32).flatMap { try? P256.Signing.PublicKey(x963Representation: $0) }.map(Self.p256)
        case ("EC", "P-384"):
            key = point(48).flatMap { try? P384.Signing.PublicKey(x963Representation: $0) }.map(Self.p384)
        case ("EC", "P-521"):
            key = point(66).flatMap { try? P521.Signing.PublicKey(x963Representation: $0) }.map(Self.p521)
        case ("OKP", "Ed25519"):
            key = bytes("x").flatMap { try? Curve25519.Signing.PublicKey(rawRepresentation: $0) }.map(Self.ed25519)
        default: break
        }
        guard let key else { return nil }
        self = key
    }

    /// The members that make the key, and no others, in the order of RFC 7638 §3.
    var members: JSON.Object {
        func text(_ bytes: some Sequence<UInt8>) -> JSON { .string(Base64URL.encode(bytes)) }
        func point(_ curve: JSON, _ coordinates: some Collection<UInt8>) -> JSON.Object {
            let half = coordinates.count / 2
            return [
                "crv": curve, "kty": "EC", "x": text(coordinates.prefix(half)), "y": text(coordinates.dropFirst(half)),
            ]
        }
        switch self {
        case .rsa(let key):
            // Declared as throwing; it only copies two numbers.
            let numbers = try? key.getKeyPrimitives()
            return [
                "e": text(numbers?.publicExponent ?? Data()), "kty": "RSA", "n": text(numbers?.modulus ?? Data()),
            ]
        case .p256(let key): return point("P-256", key.rawRepresentation)
        case .p384(let key): return point("P-384", key.rawRepresentation)
        case .p521(let key): return point("P-521", key.rawRepresentation)
        case .ed25519(let key): return ["crv": "Ed25519", "kty": "OKP", "x": text(key.rawRepresentation)]
        }
    }
}
