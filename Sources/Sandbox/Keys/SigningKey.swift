import Crypto
import CryptoExtras
import Foundation
import StrictJSON

/// A private key of the sandbox, named by its thumbprint (RFC 7638).
enum SigningKey: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)

    init(_ type: KeyType) throws {
        self =
            switch type {
            case .rsa: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            case .p256: .p256(P256.Signing.PrivateKey())
            case .p384: .p384(P384.Signing.PrivateKey())
            case .p521: .p521(P521.Signing.PrivateKey())
            case .ed25519: .ed25519(Curve25519.Signing.PrivateKey())
            }
    }

    /// The public half, as a member of a key set (RFC 7517 §4).
    func publicKey() throws -> JSON {
        var key = try parameters()
        key["use"] = "sig"
        key["kid"] = .string(try id())
        return .object(key)
    }

    func id() throws -> String {
        let canonical = JSON.object(try parameters()).bytes
        return Base64URL.encode(SHA256.hash(data: Data(canonical)))
    }

    /// The public half as PEM, which people paste into places where it does not belong.
    var publicPEM: String {
        switch self {
        case .rsa(let key): key.publicKey.pemRepresentation
        case .p256(let key): key.publicKey.pemRepresentation
        case .p384(let key): key.publicKey.pemRepresentation
        case .p521(let key): key.publicKey.pemRepresentation
        case .ed25519(let key): key.publicKey.rawRepresentation.base64EncodedString()
        }
    }

    /// The members that a thumbprint is made of, in its order (RFC 7638 §3.2).
    private func parameters() throws -> JSON.Object {
        switch self {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            let exponent = Base64URL.encode(numbers.publicExponent)
            return ["e": .string(exponent), "kty": "RSA", "n": .string(Base64URL.encode(numbers.modulus))]
        case .p256(let key): return Self.parameters("P-256", key.publicKey.rawRepresentation)
        case .p384(let key): return Self.parameters("P-384", key.publicKey.rawRepresentation)
        case .p521(let key): return Self.parameters("P-521", key.publicKey.rawRepresentation)
        case .ed25519(let key):
            let point = Base64URL.encode(key.publicKey.rawRepresentation)
            return ["crv": "Ed25519", "kty": "OKP", "x": .string(point)]
        }
    }

    private static func parameters(_ curve: String, _ point: Data) -> JSON.Object {
        let half = point.count / 2
        return [
            "crv": .string(curve),
            "kty": "EC",
            "x": .string(Base64URL.encode(point.prefix(half))),
            "y": .string(Base64URL.encode(point.suffix(half))),
        ]
    }
}
