import Foundation

/// What a token request yields, before quirks shape the answer.
struct IssuedTokens: Sendable {
    let grant: Grant
    let accessToken: String
    let refreshToken: String?
    let scopes: [String]
    let lifetime: Int
}

extension SandboxState {
    static let codeLifetime: TimeInterval = 60

    /// Records a consent and returns the code for it.
    mutating func grantCode(
        _ request: AuthorizationRequest,
        to user: SandboxUser,
        scopes: [String],
        now: Date
    ) -> String {
        let allowsRefresh = allowsRefresh(request, user: user, scopes: scopes)
        let grantID = RandomToken.make("grant")
        grants[grantID] = Grant(
            clientID: request.clientID,
            issuer: request.target.issuer,
            user: user,
            scopes: scopes,
            nonce: request.nonce,
            authenticatedAt: now,
            allowsRefresh: allowsRefresh
        )
        let code = RandomToken.make("sbx_code")
        codes[code] = AuthorizationCode(
            grantID: grantID,
            redirectURI: request.redirectURI,
            codeChallenge: request.codeChallenge,
            expiresAt: now.addingTimeInterval(Self.codeLifetime)
        )
        return code
    }

    private func allowsRefresh(_ request: AuthorizationRequest, user: SandboxUser, scopes: [String]) -> Bool {
        guard let quirks = clients[request.clientID]?.quirks, quirks.refreshTokens != .none else { return false }
        if quirks.refreshTokens == .firstConsentOnly {
            let consentedBefore = grants.values.contains {
                $0.clientID == request.clientID && $0.user?.id == user.id && !$0.isRevoked
            }
            if consentedBefore { return false }
        }
        return request.asksForOffline && (quirks.offlineScope.isEmpty || scopes.contains(quirks.offlineScope))
    }

    /// Issues tokens for a grant.
    mutating func issue(
        _ grantID: String,
        _ grant: Grant,
        quirks: Quirks,
        scopes: [String],
        keeping kept: String? = nil,
        now: Date
    ) -> IssuedTokens {
        let accessToken = issueAccessToken(grantID, scopes: scopes, lifetime: quirks.accessTokenLifetime, now: now)
        var refreshToken = kept
        if let kept { refreshTokens[kept]?.accessToken = accessToken }
        if grant.allowsRefresh && kept == nil {
            let token = RandomToken.make("sbx_rt")
            let lifetime = quirks.refreshTokenLifetime
            refreshTokens[token] = RefreshToken(
                grantID: grantID,
                expiresAt: lifetime > 0 ? now.addingTimeInterval(Double(lifetime)) : nil,
                accessToken: accessToken
            )
            refreshToken = token
        }
        return IssuedTokens(
            grant: grant,
            accessToken: accessToken,
            refreshToken: refreshToken,
            scopes: scopes,
            lifetime: quirks.accessTokenLifetime
        )
    }

    mutating func issueAccessToken(
        _ grantID: String,
        scopes: [String],
        lifetime: Int,
        isLongLived: Bool = false,
        now: Date
    ) -> String {
        let token = RandomToken.make("sbx_at")
        accessTokens[token] = AccessToken(
            grantID: grantID,
            scopes: scopes,
            issuedAt: now,
            expiresAt: lifetime > 0 ? now.addingTimeInterval(Double(lifetime)) : nil,
            isLongLived: isLongLived
        )
        return token
    }
}

extension SandboxState {
    /// RFC 6749 §4.4: no person, and no refresh token.
    mutating func grantToClient(
        _ client: SandboxClient,
        scopes: [String],
        issuer: Issuer,
        now: Date
    ) -> IssuedTokens {
        let scopes = scopes.filter { !client.quirks.withheldScopes.contains($0) }
        let grant = Grant(
            clientID: client.id,
            issuer: issuer.url,
            user: nil,
            scopes: scopes,
            nonce: nil,
            authenticatedAt: now,
            allowsRefresh: false
        )
        let grantID = RandomToken.make("grant")
        grants[grantID] = grant
        return issue(grantID, grant, quirks: client.quirks, scopes: scopes, now: now)
    }
}
