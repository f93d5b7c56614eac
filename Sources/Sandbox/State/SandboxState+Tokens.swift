import Foundation

extension SandboxState {
    /// The grant behind an access token that still works.
    func grant(forAccessToken token: String, now: Date) -> (grant: Grant, token: AccessToken)? {
        guard let known = accessTokens[token], known.isAlive(at: now) else { return nil }
        guard let grant = grants[known.grantID], !grant.isRevoked else { return nil }
        return (grant, known)
    }

    func grant(forRefreshToken token: String, now: Date) -> Grant? {
        guard let known = refreshTokens[token], !known.isRevoked, known.rotatedAt == nil else { return nil }
        if let expiresAt = known.expiresAt, now >= expiresAt { return nil }
        guard let grant = grants[known.grantID], !grant.isRevoked else { return nil }
        return grant
    }

    /// The client that a token was issued to, also if the token is dead.
    func client(ofToken token: String) -> SandboxClient? {
        let grantID = accessTokens[token]?.grantID ?? refreshTokens[token]?.grantID
        return grantID.flatMap { grants[$0] }.flatMap { clients[$0.clientID] }
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

    /// All that one person allowed a client, as GitHub ends it.
    mutating func revokeGrants(ofClient clientID: String, behind token: String) -> Bool {
        guard let grant = accessTokens[token].flatMap({ grants[$0.grantID] }), grant.clientID == clientID else {
            return false
        }
        for (grantID, other) in grants where other.clientID == clientID && other.user?.id == grant.user?.id {
            revokeGrant(grantID)
        }
        return true
    }

    /// As when people remove the application in the provider's settings.
    mutating func revokeGrants(ofClient clientID: String) {
        for (grantID, grant) in grants where grant.clientID == clientID { revokeGrant(grantID) }
    }
}
