import Foundation
import StrictJSON

/// A signed token in compact form, taken apart (RFC 7515 §7.1).
struct JSONWebSignature {
    let header: JSON
    let claims: JSON
    /// What was signed.
    let input: Data
    let signature: Data

    init?(_ compact: String) {
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]) else { return nil }
        let members = parts.prefix(2).compactMap(Base64URL.decode).compactMap { try? JSON.parse(Array($0)) }
        guard members.count == 2 else { return nil }
        (header, claims) = (members[0], members[1])
        input = Data((parts[0] + "." + parts[1]).utf8)
        self.signature = signature
    }

    static func input(_ header: JSON, _ claims: JSON) -> String {
        Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
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

    static func decode(_ text: String) -> Data? {
        guard !text.contains(where: "+/=".contains) else { return nil }
        let base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4))
    }
}
