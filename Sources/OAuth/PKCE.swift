internal import Crypto

/// Proof Key for Code Exchange (RFC 7636), method S256 only.
public struct CodeVerifier: Sendable {
    public let secret: Secret

    /// A verifier from fresh random bytes; 32 of them give the 43 characters of RFC 7636 §4.1.
    public init(randomBytes: [UInt8]) { secret = Secret(Base64URL.encode(randomBytes)) }

    /// A verifier that was stored.
    public init(_ secret: Secret) { self.secret = secret }

    /// `BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))` (RFC 7636 §4.2).
    public var challenge: String {
        Base64URL.encode(SHA256.hash(data: Array(secret.reveal().utf8)))
    }
}
