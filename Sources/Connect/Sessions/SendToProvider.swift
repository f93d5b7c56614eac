internal import Crypto
internal import Foundation
internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

/// Who is sent where to agree.
struct AuthorizationTrip {
    let session: ConnectSession
    let integration: Integration
    let option: AuthOption
    let oauth: OAuthTemplate
    /// Asks the provider to let the person choose another account, where it has a way.
    var isSwitching = false
}

extension Portal {
    /// The step that takes a person to the provider; what keeps them from it is written to the session.
    func send(_ trip: AuthorizationTrip, inputs: [String: String]) async throws -> ConnectStep {
        guard let app = try await oauthApp(for: trip.integration, AppChoice(trip.session)) else {
            throw PortalError(.noOAuthApp, "No OAuth app is configured for \(trip.integration.displayName)")
        }
        do throws(ConnectFailure) {
            return .authorize(url: try await authorizationURL(of: trip, app, inputs: inputs))
        } catch {
            try await record(error, as: .authorizationFailed, of: trip.session)
            return .failed(error.code)
        }
    }

    private func authorizationURL(
        of trip: AuthorizationTrip,
        _ app: UsableApp,
        inputs: [String: String]
    ) async throws(ConnectFailure) -> String {
        let inputs = inputs.merging(app.values(for: trip.oauth)) { $1 }
        let provider = try await provider(of: trip, app, values: inputs)
        let scopes = trip.session.scopes ?? app.scopes ?? provider.scopes
        let context = AuthorizationContext(
            methodKey: trip.option.key,
            inputs: inputs,
            endpoints: provider.endpoints,
            client: app.client,
            appID: app.id,
            isPlatformApp: app.id == nil,
            callbackURL: app.redirectURI,
            redirectURI: provider.redirectURI ?? app.redirectURI,
            scopes: scopes,
            verifier: provider.pkce == .s256 ? CodeVerifier(randomBytes: random(32)) : nil,
            nonce: scopes.contains("openid") ? Base64URL.encode(random(32)) : nil
        )
        let state = Base64URL.encode(random(32))
        let request = AuthorizationRequest(
            provider: provider,
            clientID: app.client.id,
            redirectURI: context.redirectURI,
            scopes: scopes,
            state: state,
            codeChallenge: context.verifier?.challenge,
            nonce: context.nonce
        )
        let url = try await url(of: request, app.client, trip.integration)
        do { try await keep(context, state: state, for: trip.session) } catch {
            throw ConnectFailure(.notSaved, trip.integration.displayName)
        }
        return url
    }

    /// The provider with what the app and the moment add to its definition.
    private func provider(
        of trip: AuthorizationTrip,
        _ app: UsableApp,
        values: [String: String]
    ) async throws(ConnectFailure) -> OAuthProvider {
        var provider = try await provider(trip.oauth, with: values, trip.integration)
        provider.endpoints.authorization = app.authorizationURL ?? provider.endpoints.authorization
        provider.endpoints.token = app.tokenURL ?? provider.endpoints.token
        let extra = app.extraParameters.filter { !trip.oauth.appParameters.contains($0.key) }
        provider.authorizationParameters.merge(extra) { $1 }
        if trip.isSwitching { provider.authorizationParameters.merge(trip.oauth.switchAccountParameters) { $1 } }
        return provider
    }

    /// The address for the browser; where the provider takes the request first, it is pushed there (RFC 9126), and what
    /// goes wrong with that is never made up for by an open request.
    private func url(
        of request: AuthorizationRequest,
        _ client: ClientCredentials,
        _ integration: Integration
    ) async throws(ConnectFailure) -> String {
        do {
            let push = PushedAuthorizationRequest(request, client: client)
            guard let message = try push.message(fresh: freshness()) else { return try request.url() }
            return try request.url(pushedAs: push.requestURI(in: try await exchange(message, fresh: true)))
        } catch { throw ConnectFailure(error, provider: integration.displayName) }
    }

    /// Stores the attempt: the state as its hash, the snapshot sealed, both good for ten minutes.
    private func keep(_ context: AuthorizationContext, state: String, for session: ConnectSession) async throws {
        let id: AuthorizationAttempt.ID = newID()
        let attempt = AuthorizationAttempt(
            id: id,
            sessionID: session.id,
            organizationID: session.organizationID,
            stateHash: Data(SHA256.hash(data: Data(state.utf8))),
            context: try sealer.seal(
                context.bytes,
                at: AuthorizationAttempt.contextPlace(id, of: session.organizationID)
            ),
            expiresAt: now() + .seconds(600),
            createdAt: now()
        )
        var detail: JSON.Object = ["authMethodKey": .string(context.methodKey)]
        if context.verifier == nil { detail["pkce"] = "none" }
        let started = turn(.authorizationStarted, of: session, detail)
        try await store.write { transaction in
            try transaction.insert(attempt)
            try record(started, in: transaction)
        }
    }

    /// The moment and new random bytes, for a request that is signed.
    func freshness() -> Freshness { Freshness(now: now().milliseconds / 1000, random: random(16)) }
}
