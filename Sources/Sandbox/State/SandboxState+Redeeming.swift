import Foundation

extension SandboxState {
    /// RFC 6749 §4.1.3; a code presented twice ends what it gave before (§4.1.2).
    mutating func redeem(
        code: String,
        redirectURI: String?,
        codeVerifier: String?,
        client: SandboxClient,
        now: Date
    ) throws(OAuthError) -> IssuedTokens {
        guard let known = codes[code], let grant = grants[known.grantID], grant.clientID == client.id else {
            throw .invalidGrant("the code is not known")
        }
        guard !known.isUsed else {
            revokeGrant(known.grantID)
            throw .invalidGrant("the code was used before; its tokens are revoked")
        }
        codes[code]?.isUsed = true
        guard !grant.isRevoked, now < known.expiresAt else { throw .invalidGrant("the code has expired") }
        guard known.redirectURI == nil || known.redirectURI == redirectURI else {
            throw .invalidGrant("redirect_uri differs from the authorization request's")
        }
        if let challenge = known.codeChallenge, client.quirks.pkce != .ignored {
            guard let codeVerifier, ProofKey.challenge(for: codeVerifier) == challenge else {
                throw .invalidGrant("code_verifier does not match the code challenge")
            }
        }
        return issue(known.grantID, grant, quirks: client.quirks, scopes: grant.scopes, now: now)
    }

    /// RFC 6749 §6, with rotation and reuse detection (RFC 9700 §4.14.2) as the quirks say.
    mutating func refresh(
        _ token: String,
        scopes wanted: [String]?,
        client: SandboxClient,
        now: Date
    ) throws(OAuthError) -> IssuedTokens {
        let quirks = client.quirks
        guard let known = refreshTokens[token], let grant = grants[known.grantID], grant.clientID == client.id else {
            throw .invalidGrant("the refresh token is not known")
        }
        if let rotatedAt = known.rotatedAt, now >= rotatedAt.addingTimeInterval(Double(quirks.rotationGrace)) {
            if quirks.reuseDetection { revokeGrant(known.grantID) }
            throw .invalidGrant("the refresh token was used before")
        }
        guard !known.isRevoked, !grant.isRevoked else { throw .invalidGrant("the grant was revoked") }
        if let expiresAt = known.expiresAt, now >= expiresAt { throw .invalidGrant("the refresh token has expired") }
        try refuseEarlyRefresh(known, quirks: quirks, now: now)
        let scopes = wanted ?? grant.scopes
        guard Set(scopes).isSubset(of: grant.scopes) else { throw .invalidScope("more than was granted") }

        guard quirks.refreshTokens == .rotating else {
            return issue(known.grantID, grant, quirks: quirks, scopes: scopes, keeping: token, now: now)
        }
        if known.rotatedAt == nil { refreshTokens[token]?.rotatedAt = now }
        return issue(known.grantID, grant, quirks: quirks, scopes: scopes, now: now)
    }

    private func refuseEarlyRefresh(_ token: RefreshToken, quirks: Quirks, now: Date) throws(OAuthError) {
        guard quirks.earliestRefresh > 0, let expiresAt = accessTokens[token.accessToken]?.expiresAt else { return }
        guard expiresAt.timeIntervalSince(now) <= Double(quirks.earliestRefresh) else {
            throw .invalidRequest("the access token is still valid; refresh it later")
        }
    }
}
