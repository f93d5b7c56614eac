internal import Crypto
internal import CryptoExtras

extension SignatureAlgorithm {
    /// The bytes under the hash function of the algorithm; Ed25519 hashes with SHA-512 (RFC 8032 §5.1).
    func digest(of bytes: [UInt8]) -> any Digest {
        switch self {
        case .rs256, .ps256, .es256, .hs256: SHA256.hash(data: bytes)
        case .rs384, .ps384, .es384: SHA384.hash(data: bytes)
        case .rs512, .ps512, .es512, .edDSA: SHA512.hash(data: bytes)
        }
    }

    /// How an RSA signature is padded (RFC 7518 §3.3, §3.5); nothing where RSA does not sign.
    var padding: _RSA.Signing.Padding? {
        switch self {
        case .rs256, .rs384, .rs512: .insecurePKCS1v1_5
        case .ps256, .ps384, .ps512: .PSS
        default: nil
        }
    }
}
