/// Why a text cannot be used as a private key.
public enum SigningKeyFault: String, Error, Sendable {
    /// Neither PEM nor JSON, or one that does not hold together.
    case malformed
    /// It needs a passphrase.
    case encrypted
    /// A public key or a certificate.
    case notPrivate
    /// Not RSA, P-256 or Ed25519, or for something other than the algorithms of these.
    case unsupported
    /// RSA with fewer than 2048 bits (RFC 7518 §3.3).
    case tooShort
    /// The key was read and could not sign.
    case cannotSign
}
