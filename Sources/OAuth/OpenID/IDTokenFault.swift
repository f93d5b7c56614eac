/// Why an id_token is not believed; the raw value is the name for a timeline.
public enum IDTokenFault: String, Error, Sendable, CaseIterable {
    // What is wrong with the signed text, as in `SignatureFault`.
    case tooLarge, malformed, criticalHeader, algorithmNotAllowed, unknownKey, unsuitableKey, badSignature

    // What is wrong with its claims.
    case wrongIssuer
    /// `sub` is missing, or not 1 to 255 characters of ASCII.
    case missingSubject
    /// Another person than at the first sign-in.
    case otherSubject
    case missingAudience, wrongAudience
    /// It is also meant for somebody who is not trusted.
    case untrustedAudience
    /// `azp` names somebody else, or nobody where there are several audiences.
    case wrongAuthorizedParty
    case missingExpiry, expired
    case missingIssuedAt, notYetValid
    case missingNonce, wrongNonce
    case wrongAccessTokenHash
    /// `auth_time` is missing, or longer ago than was asked for.
    case authenticationTooOld

    init(_ fault: SignatureFault) {
        self =
            switch fault {
            case .tooLarge: .tooLarge
            case .malformed: .malformed
            case .criticalHeader: .criticalHeader
            case .algorithmNotAllowed: .algorithmNotAllowed
            case .unknownKey: .unknownKey
            case .unsuitableKey: .unsuitableKey
            case .badSignature: .badSignature
            }
    }
}
