internal import Crypto
internal import CryptoExtras

/// The public half of a key pair, ready to verify with.
enum VerificationKey: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)

    /// Whether a signature of that algorithm can be of this key (RFC 8725 §3.1).
    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        switch self {
        case .rsa: algorithm.padding != nil
        case .p256: algorithm == .es256
        case .p384: algorithm == .es384
        case .p521: algorithm == .es512
        case .ed25519: algorithm == .edDSA
        }
    }

    func isValid(_ signature: [UInt8], of message: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        guard fits(algorithm) else { return false }
        switch self {
        case .rsa(let key):
            guard let padding = algorithm.padding else { return false }
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: algorithm.digest(of: message), padding: padding)
        case .p256(let key):
            // R and S in full length (RFC 7518 §3.4), not DER.
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: message) } ?? false
        case .p384(let key):
            let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: message) } ?? false
        case .p521(let key):
            let signature = try? P521.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: message) } ?? false
        case .ed25519(let key):
            return key.isValidSignature(signature, for: message)
        }
    }
}
