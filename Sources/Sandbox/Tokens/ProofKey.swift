import Crypto
import Foundation

/// Proof Key for Code Exchange, method S256 (RFC 7636 §4.2).
enum ProofKey {
    static func challenge(for verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }
}
