import Crypto
import CryptoExtras
import Foundation
import StrictJSON

/// A public key that a client is registered with (RFC 7517).
enum VerificationKey {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)

    /// `nil` for a key of another type, or one that is broken.
    init?(_ key: JSON) {
        func bytes(_ name: String) -> Data { key[name]?.string.flatMap(Base64URL.decode) ?? Data() }
        let curve = key["crv"]?.string ?? ""
        switch (key["kty"]?.string, curve) {
        case ("RSA", _):
            guard let known = try? _RSA.Signing.PublicKey(n: bytes("n"), e: bytes("e")) else { return nil }
            self = .rsa(known)
        case ("EC", "P-256"):
            guard let known = try? P256.Signing.PublicKey(rawRepresentation: bytes("x") + bytes("y")) else {
                return nil
            }
            self = .p256(known)
        case ("OKP", "Ed25519"):
            guard let known = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes("x")) else { return nil }
            self = .ed25519(known)
        default: return nil
        }
    }

    /// Whether the signature is right, and of the kind that goes with the key.
    func verifies(_ signed: JSONWebSignature) -> Bool {
        switch (self, signed.header["alg"]?.string) {
        case (.rsa(let key), "RS256"):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signed.signature)
            return key.isValidSignature(signature, for: signed.input, padding: .insecurePKCS1v1_5)
        case (.rsa(let key), "PS256"):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signed.signature)
            return key.isValidSignature(signature, for: signed.input, padding: .PSS)
        case (.p256(let key), "ES256"):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signed.signature) else {
                return false
            }
            return key.isValidSignature(signature, for: signed.input)
        case (.ed25519(let key), "EdDSA"): return key.isValidSignature(signed.signature, for: signed.input)
        default: return false
        }
    }
}
