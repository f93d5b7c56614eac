public import Crypto
public import StrictJSON

/// A key with which texts are both signed and verified (HS256, RFC 7518 §3.2).
public struct SharedKey: Sendable {
    /// `kid`.
    public let id: String
    fileprivate let key: SymmetricKey

    public init(_ key: SymmetricKey, id: String) {
        self.key = key
        self.id = id
    }

    /// The claims, signed, in compact form (RFC 7515 §7.1).
    public func sign(_ claims: JSON.Object, type: String) -> String {
        let header: JSON = ["alg": "HS256", "kid": .string(id), "typ": .string(type)]
        let signed = "\(Base64URL.encode(header.bytes)).\(Base64URL.encode(JSON.object(claims).bytes))"
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
        return "\(signed).\(Base64URL.encode(code))"
    }
}

extension JSONWebSignature {
    /// What was signed, once the key of its `kid` has proved it; throws `.unknownKey` where that is none of these.
    public func payload(verifiedBy keys: [SharedKey]) throws(SignatureFault) -> [UInt8] {
        guard algorithm == .hs256, let key = keys.first(where: { $0.id == keyID }) else { throw .unknownKey }
        return try payload(verifiedBy: key.key)
    }
}
