import Connect
import OAuth
import Outbound

extension Doctor {
    /// Asks the token endpoint with a code that nobody was given: how it refuses tells whether it takes the client.
    func tokenFinding(_ rehearsal: Rehearsal, _ name: String) async -> Finding {
        let verdict = TokenVerdict(
            provider: name,
            authentication: rehearsal.provider.clientAuthentication,
            hasSecret: rehearsal.client.secret?.isEmpty == false
        )
        let code = Secret(Base64URL.encode(portal.random(24)))
        do {
            let message = try rehearsal.tokenRequest(code: code).message(fresh: freshness)
            _ = try TokenResponse(try await send(message), from: rehearsal.provider)
            return verdict.finding(for: nil)
        } catch let error as OAuthError {
            return verdict.finding(for: error)
        } catch let error as TransportError {
            return .bad(TokenVerdict.subject, "\(name) cannot be asked: \(error.sentence)", .sentence(error.advice))
        } catch { return .bad(TokenVerdict.subject, Failure(describing: error).message) }
    }
}
