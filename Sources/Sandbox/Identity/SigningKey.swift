import Crypto
import Foundation
import StrictJSON

/// A key for ES256 signatures (RFC 7518 §3.4), named by its thumbprint (RFC 7638).
struct SigningKey: Sendable {
    private let key = P256.Signing.PrivateKey()

    var id: String {
        let point = coordinates
        let canonical = #"{"crv":"P-256","kty":"EC","x":"\#(point.x)","y":"\#(point.y)"}"#
        return Base64URL.encode(SHA256.hash(data: Data(canonical.utf8)))
    }

    /// The public half, as a member of a key set (RFC 7517 §4).
    var publicKey: JSON {
        let point = coordinates
        return [
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
            "kid": .string(id), "x": .string(point.x), "y": .string(point.y),
        ]
    }

    /// A signed token in compact form (RFC 7515 §7.1).
    func sign(_ claims: JSON, header: JSON) throws -> String {
        let input = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        let signature = try key.signature(for: Data(input.utf8))
        return input + "." + Base64URL.encode(signature.rawRepresentation)
    }

    private var coordinates: (x: String, y: String) {
        let point = key.publicKey.rawRepresentation
        return (Base64URL.encode(point.prefix(32)), Base64URL.encode(point.suffix(32)))
    }
}
