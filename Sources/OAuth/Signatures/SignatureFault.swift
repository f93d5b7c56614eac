/// Why a signed text is not believed.
public enum SignatureFault: String, Error, Sendable, CaseIterable {
    case tooLarge
    /// Not three parts of base64url with a JSON object in front (RFC 7515 §7.1).
    case malformed
    /// It must not be accepted by those who do not know its extensions (RFC 7515 §4.1.11); none is known here.
    case criticalHeader
    case algorithmNotAllowed
    /// None of the keys made it, so that the provider may have new ones (OpenID Connect Core §10.1.1).
    case unknownKey
    /// The key it names is for another algorithm.
    case unsuitableKey
    case badSignature
}
