internal import Integrations
internal import OAuth
internal import Storage

/// When tokens are renewed ahead of time, and when again after an attempt that did not work.
struct RenewalPlan {
    let now: Instant
    /// From 0 to 1, so that connections made at one moment are not renewed at one moment.
    let chance: Double

    /// The margin before the expiry, or half of a life that is shorter, and earlier by up to a tenth of the life.
    ///
    /// At the latest after a week: a refresh token that nobody uses dies at many providers, and of a provider that is
    /// down at the very end of a long life there is nothing more to be had.
    func due(before expiry: Instant?, margin: Int) -> Instant {
        let latest = now + Self.keepAlive.scaled(by: 1 - chance / 10)
        guard let expiry else { return latest }
        let life = max(0, Double(expiry.milliseconds - now.milliseconds) / 1000)
        let early = Double(margin) < life ? Double(margin) : life / 2
        let spread = min(life / 10, 300) * chance
        return min(expiry + .seconds(-(early + spread)), latest)
    }

    /// Half a minute, then twice as long each time up to an hour, give or take a quarter; or what the provider asks for.
    func retry(after failures: Int, asked: Int?) -> Instant {
        if let asked { return now + .seconds(Double(asked) * (1 + chance / 10) + 1) }
        let seconds = min(30 * Double(1 << min(max(failures - 1, 0), 7)), 3600)
        return now + .seconds(seconds * (0.75 + chance / 2))
    }

    static let keepAlive = Duration.seconds(7 * 86400)
}

extension Duration {
    fileprivate func scaled(by factor: Double) -> Duration { .seconds(Double(components.seconds) * factor) }
}

extension Portal {
    func renewalPlan() -> RenewalPlan { RenewalPlan(now: now(), chance: Double(random(1).first ?? 0) / 255) }

    /// When credentials have to be looked at again: ahead of their expiry where they can be renewed, else at it.
    ///
    /// Nothing = never.
    func renewalDue(for credentials: Credentials, until expiry: Instant?, _ option: AuthOption?) -> Instant? {
        guard case .oauth2(let grant) = credentials, let oauth = option?.issuer else { return nil }
        guard grant.isRenewable(oauth) else { return expiry }
        guard expiry != nil || grant.refreshToken != nil else { return nil }
        return renewalPlan().due(before: expiry, margin: oauth.refreshMargin)
    }
}

extension OAuthGrant {
    /// By a refresh token, the person's own client, or the provider's way of exchanging an old token for a new.
    func isRenewable(_ oauth: OAuthTemplate) -> Bool {
        refreshToken != nil || clientSecret != nil || oauth.refreshExchange != nil
    }
}
