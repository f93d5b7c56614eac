/// What is wrong with an `id_token` (OpenID Connect Core §3.1.3.7).
public enum IDTokenFlaw: String, Sendable, CaseIterable {
    case none, absent
    case unsigned, wrongSignature, unknownKey
    /// Signed with HS256, the secret being the text of the public key (RFC 8725 §2.1).
    case algorithmConfusion
    /// Signed by a key that the header brings along, which nobody may trust (RFC 8725 §3.10).
    case embeddedKey
    /// An extension that must be understood and is not (RFC 7515 §4.1.11).
    case criticalHeader
    case wrongIssuer, missingIssuer
    case wrongAudience, missingAudience
    /// Made out to another client, too, with `azp` naming this one or the other, or without `azp`.
    case extraAudience, wrongAuthorizedParty, multipleAudiencesWithoutAuthorizedParty
    case missingSubject, otherSubject
    case missingIssuedAt, futureIssuedAt, expired, missingExpiry
    case wrongNonce, missingNonce, wrongAccessTokenHash

    // MARK: No flaws: a relying party must cope

    /// It must find the key by itself.
    case withoutKeyID
    /// The same, and the set has another key of that type before the right one.
    case keyAbsentIDWithSeveralKeys
    /// The set begins with a key of a type that hardly anybody knows (RFC 7517 §5).
    case strangeKeyFirst
    /// `email_verified` is false (OpenID Connect Core §5.7).
    case unverifiedEmail
}
