import Foundation

extension SandboxState {
    /// The grant behind an access token that still works.
    func grant(forAccessToken token: String, now: Date) -> (grant: Grant, token: AccessToken)? {
        guard let known = accessTokens[token], !known.isRevoked, now < known.expiresAt else { return nil }
        guard let grant = grants[known.grantID], !grant.isRevoked else { return nil }
        return (grant, known)
    }

    func grant(forRefreshToken token: String, now: Date) -> Grant? {
        guard let known = refreshTokens[token], !known.isRevoked, known.rotatedAt == nil else { return nil }
        if let expiresAt = known.expiresAt, now >= expiresAt { return nil }
        guard let grant = grants[known.grantID], !grant.isRevoked else { return nil }
        return grant
    }

    /// RFC 7009 §2.1; tokens of other clients stay untouched.
    mutating func revoke(_ token: String, client: SandboxClient) {
        if let known = accessTokens[token], grants[known.grantID]?.clientID == client.id {
            accessTokens[token]?.isRevoked = true
        }
        if let known = refreshTokens[token], grants[known.grantID]?.clientID == client.id {
            refreshTokens[token]?.isRevoked = true
            if client.quirks.revocationCascades { revokeGrant(known.grantID) }
        }
    }

    mutating func revokeGrant(_ grantID: String) { grants[grantID]?.isRevoked = true }

    /// As when people remove the application in the provider's settings.
    mutating func revokeGrants(ofClient clientID: String) {
        for (grantID, grant) in grants where grant.clientID == clientID { revokeGrant(grantID) }
    }
}
