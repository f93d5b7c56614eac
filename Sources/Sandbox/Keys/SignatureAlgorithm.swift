/// How a token is signed (RFC 7518 §3.1, RFC 8037 §3.1).
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"
    case hs256 = "HS256"

    /// The key that it needs; `nil` for HS256, which is made with the client's secret.
    var keyType: KeyType? {
        switch self {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa
        case .es256: .p256
        case .es384: .p384
        case .es512: .p521
        case .edDSA: .ed25519
        case .hs256: nil
        }
    }

    /// Of RSA signatures and of `at_hash` (OpenID Connect Core §3.1.3.6); Ed25519 has SHA-512 inside.
    var hash: HashFunction {
        switch self {
        case .rs256, .ps256, .es256, .hs256: .sha256
        case .rs384, .ps384, .es384: .sha384
        case .rs512, .ps512, .es512, .edDSA: .sha512
        }
    }

    var usesProbabilisticPadding: Bool { [.ps256, .ps384, .ps512].contains(self) }
}

/// The types of key that the sandbox has one of each.
enum KeyType: String, Sendable, CaseIterable { case rsa, p256, p384, p521, ed25519 }
