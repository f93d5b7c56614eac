/// Why a provider's metadata is not used.
public enum ProviderMetadataFault: Error, Sendable, Equatable {
    /// The issuer cannot have metadata: not a plain https address (RFC 8414 §2).
    case unusableIssuer
    /// There is no JSON object.
    case malformed
    /// The metadata is another issuer's (RFC 8414 §3.3).
    case issuerMismatch
    case missing(ProviderMetadata.Member)
    /// An address that is not plain https, or a value of the wrong type.
    case unusable(ProviderMetadata.Member)
    /// There are code challenge methods, and S256 is none of them (RFC 7636 §4.2).
    case withoutS256
}
