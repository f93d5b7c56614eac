import Crypto
import Foundation

/// Proof Key for Code Exchange, method S256 (RFC 7636 §4.2).
enum ProofKey {
    static func challenge(for verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }
}

/// Base64 without padding, in the alphabet of RFC 4648 §5.
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
