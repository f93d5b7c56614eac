import StrictJSON

extension JSON.Object {
    /// Makes the claims of an `id_token` wrong in one way.
    mutating func damage(_ flaw: IDTokenFlaw) {
        let audience = self["aud"] ?? .null
        let issuedAt = self["iat"]?.integer ?? 0
        switch flaw {
        case .wrongIssuer: self["iss"] = .string((self["iss"]?.string ?? "") + ".attacker.example")
        case .missingIssuer: self["iss"] = nil
        case .wrongAudience: self["aud"] = "another-client"
        case .missingAudience: self["aud"] = nil
        case .extraAudience:
            self["aud"] = [audience, "another-client"]
            self["azp"] = audience
        case .wrongAuthorizedParty:
            self["aud"] = [audience, "another-client"]
            self["azp"] = "another-client"
        case .multipleAudiencesWithoutAuthorizedParty: self["aud"] = [audience, "another-client"]
        case .missingSubject: self["sub"] = nil
        case .otherSubject: self["sub"] = "somebody-else"
        case .missingIssuedAt: self["iat"] = nil
        case .futureIssuedAt:
            self["iat"] = .integer(issuedAt + 3600)
            self["exp"] = .integer(issuedAt + 7200)
        case .expired: self["exp"] = .integer(issuedAt - 3600)
        case .missingExpiry: self["exp"] = nil
        case .wrongNonce: self["nonce"] = "not-the-nonce"
        case .missingNonce: self["nonce"] = nil
        case .wrongAccessTokenHash: self["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"
        case .unverifiedEmail: self["email_verified"] = false
        case .none, .absent, .unsigned, .wrongSignature, .unknownKey, .algorithmConfusion, .embeddedKey,
            .criticalHeader, .withoutKeyID, .keyAbsentIDWithSeveralKeys, .strangeKeyFirst:
            break
        }
    }
}
