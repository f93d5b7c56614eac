internal import Crypto
internal import Foundation
internal import Integrations
internal import OAuth
internal import Outbound
public import Storage

extension Portal {
    /// Takes what came back to the redirection endpoint and returns the session whose page shows the outcome.
    ///
    /// The order of checks is the point: shape, state known, same browser, unused and in time, the address it was sent
    /// to, issuer, then error or code. Whatever fails ends here, and no token request leaves. A callback that arrives again changes nothing.
    /// Throws `PortalError` where no session can be shown to this browser.
    public func finishAuthorization(
        query: String,
        path: String = "/api/v1/connect/oauth-callback",
        ticket: (ConnectSession.ID) -> BrowserTicket?
    ) async throws -> ConnectSession {
        let response: AuthorizationResponse
        do throws(OAuthError) { response = try AuthorizationResponse(query: query) } catch {
            await recordRefusal(.callbackRefused, "malformed")
            throw PortalError(.validation, "The answer of the provider is incomplete or malformed")
        }
        let stateHash = Data(SHA256.hash(data: Data(response.state.utf8)))
        let found = try await store.read { transaction in
            try transaction.authorizationAttempt(stateHash: stateHash).flatMap { attempt in
                try transaction.connectSession(attempt.sessionID).map { (attempt, $0) }
            }
        }
        guard let (attempt, session) = found else {
            await recordRefusal(.callbackRefused, "unknown_state")
            throw PortalError(.notFound, "This sign-in is not known here, or its link has ended")
        }
        guard let ticket = ticket(session.id), ticket.hash == session.browserHash else {
            await recordRefusal(
                .callbackRefused,
                "another_browser",
                of: session.organizationID,
                on: .session(session.id)
            )
            throw PortalError(.forbidden, "This sign-in was started in another browser")
        }
        if attempt.consumedAt == nil, session.settled(at: now()).isOpen {
            // A person who closes the window does not stop it.
            try await Task { try await settle(attempt, of: session, response, at: link(path)) }.value
        }
        try await waitUntilSettled(attempt)
        return try await self.session(session.id) ?? session
    }

    /// Callbacks that arrive twice at the same moment, perhaps at two processes, see one outcome.
    ///
    /// One whose exchange ended with its process is given up after a while; the person tries again.
    private func waitUntilSettled(_ attempt: AuthorizationAttempt) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        let outcomes = SessionEventType.outcomes.map(\.rawValue)
        while ContinuousClock.now < deadline {
            let minuteAgo = now() + .seconds(-60)
            guard try await store.read({ try $0.isUnderWay(attempt.id, since: minuteAgo, until: outcomes) }) else {
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Uses the attempt up and carries it to its end; failures are written to the session, where its page shows them.
    private func settle(
        _ attempt: AuthorizationAttempt,
        of session: ConnectSession,
        _ response: AuthorizationResponse,
        at address: String
    ) async throws {
        let place = AuthorizationAttempt.contextPlace(attempt.id, of: attempt.organizationID)
        let now = now()
        guard try await store.write({ try $0.consume(attempt.id, at: now) }) else {
            guard attempt.expiresAt <= now else { return }
            let provider = catalog[session.integrationName]?.displayName ?? session.integrationName
            let late = ConnectFailure(.authorizationExpired, provider)
            return try await record(late, as: .authorizationFailed, of: session)
        }
        guard let integration = catalog[session.integrationName],
            let context = AuthorizationContext(try sealer.open(attempt.context, at: place)),
            let option = integration.option(context.methodKey), let oauth = option.oauth
        else { throw PortalError(.integrationNotFound, "This integration is no longer offered") }
        guard context.callbackURL == address else {
            let mixedUp = ConnectFailure(.malformedCallback, provider: integration.displayName)
            return try await record(mixedUp, as: .authorizationFailed, of: session)
        }
        let homecoming = Homecoming(
            session: session,
            integration: integration,
            option: option,
            oauth: oauth,
            context: context,
            provider: try oauth.provider(with: context.inputs, discovered: context.endpoints),
            response: response
        )
        let code: Secret
        do throws(OAuthError) { code = Secret(try response.code(expecting: homecoming.provider)) } catch {
            let failure = ConnectFailure(error, provider: integration.displayName)
            let type = failure.code == .accessDenied ? SessionEventType.authorizationDenied : .authorizationFailed
            return try await record(failure, as: type, of: session)
        }
        do throws(ConnectFailure) {
            try await keep(try await find(behind: code, homecoming), for: session, integration)
        } catch {
            try await record(error, as: .exchangeFailed, of: session)
        }
    }
}

/// A person who came back from a provider, with everything that was known when they left.
struct Homecoming {
    let session: ConnectSession
    let integration: Integration
    let option: AuthOption
    let oauth: OAuthTemplate
    let context: AuthorizationContext
    /// With the endpoints of then.
    let provider: OAuthProvider
    let response: AuthorizationResponse
}
