import Crypto
import CryptoExtras
import Foundation
import StrictJSON

extension SigningKey {
    /// A signed token in compact form (RFC 7515 §7.1).
    func sign(_ claims: JSON, header: JSON, algorithm: SignatureAlgorithm) throws -> String {
        let input = JSONWebSignature.input(header, claims)
        return input + "." + Base64URL.encode(try signature(of: Data(input.utf8), algorithm))
    }

    private func signature(of input: Data, _ algorithm: SignatureAlgorithm) throws -> Data {
        switch self {
        case .rsa(let key):
            let padding: _RSA.Signing.Padding = algorithm.usesProbabilisticPadding ? .PSS : .insecurePKCS1v1_5
            return switch algorithm.hash {
            case .sha256: try key.signature(for: SHA256.hash(data: input), padding: padding).rawRepresentation
            case .sha384: try key.signature(for: SHA384.hash(data: input), padding: padding).rawRepresentation
            case .sha512: try key.signature(for: SHA512.hash(data: input), padding: padding).rawRepresentation
            }
        case .p256(let key): return try key.signature(for: input).rawRepresentation
        case .p384(let key): return try key.signature(for: input).rawRepresentation
        case .p521(let key): return try key.signature(for: input).rawRepresentation
        case .ed25519(let key): return try key.signature(for: input)
        }
    }
}
