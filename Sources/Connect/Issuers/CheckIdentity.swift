internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

extension Portal {
    /// Who signed in, by the checked id_token of a token answer; nothing at providers without keys.
    ///
    /// Where `openid` was asked for there must be one (OpenID Connect Core §3.1.3.3).
    func identity(in tokens: TokenResponse, _ homecoming: Homecoming) async throws(ConnectFailure) -> IDToken? {
        guard let issuer = homecoming.provider.endpoints.issuer, let address = homecoming.provider.endpoints.keys
        else { return nil }
        let context = homecoming.context
        guard let token = tokens.idToken else {
            guard context.scopes.contains("openid") else { return nil }
            throw ConnectFailure(notProven: "missing", homecoming.integration)
        }
        var expectation = IDToken.Expectation(
            issuer: issuer,
            clientID: context.client.id,
            occasion: .authorization(nonce: context.nonce),
            now: now().milliseconds / 1000
        )
        expectation.algorithms = Set(homecoming.provider.idTokenAlgorithms)
        expectation.accessToken = tokens.accessToken
        return try await check(token, expectation, keysAt: address, context.client, homecoming.integration)
    }

    /// Checks an id_token by the keys as they are known, and once more by new ones where it names one that is not.
    func check(
        _ token: Secret,
        _ expectation: IDToken.Expectation,
        keysAt address: String,
        _ client: ClientCredentials,
        _ integration: Integration
    ) async throws(ConnectFailure) -> IDToken {
        do {
            let known = try await keys(at: address)
            do throws(IDTokenFault) {
                return try IDToken(token, expecting: expectation, keys: known, clientSecret: client.secret)
            } catch .unknownKey {
                let newer = try await keys(at: address, newerThan: .seconds(60))
                return try IDToken(token, expecting: expectation, keys: newer, clientSecret: client.secret)
            }
        } catch let fault as IDTokenFault {
            throw ConnectFailure(notProven: fault.rawValue, integration)
        } catch { throw ConnectFailure(error, provider: integration.displayName) }
    }

    /// The keys of a provider, at most a day old, or less old than asked for.
    ///
    /// A token that names an unknown key has them fetched again, at most once a minute whoever sends such tokens
    /// (OpenID Connect Core §10.1.1). Where they cannot be fetched the old ones serve on.
    private func keys(at address: String, newerThan age: Duration = .seconds(86400)) async throws -> JSONWebKeySet {
        let kept = try await store.read { try $0.keySet(at: address) }
        if let kept, kept.fetchedAt + age > now() { return try JSONWebKeySet(kept.keys) }
        do {
            guard let json = try await json(at: address) else { throw JSONWebKeySetFault.malformed }
            let keys = try JSONWebKeySet(json)
            let set = KeySet(address: address, keys: keys.json, fetchedAt: now())
            try await store.write { try $0.keep(set) }
            return keys
        } catch {
            guard let kept else { throw error }
            return try JSONWebKeySet(kept.keys)
        }
    }
}

extension ConnectFailure {
    init(notProven fault: String, _ integration: Integration) {
        self.init(.identityNotProven, integration.displayName, detail: ["fault": .string(fault)])
    }
}
