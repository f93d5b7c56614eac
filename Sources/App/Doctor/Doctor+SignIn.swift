import Connect
import Foundation
import OAuth
import Outbound
import Storage
import StrictJSON

extension Doctor {
    /// Asks the authorization endpoint as a browser would at first, without cookies.
    ///
    /// Where requests are pushed, that comes first (RFC 9126), and shows what is wrong already.
    mutating func signInFinding(_ rehearsal: Rehearsal, _ name: String) async -> Finding? {
        let verdict = SignInVerdict(provider: name, callbackURL: rehearsal.callbackURL)
        do {
            var page = try await browse(try await address(of: rehearsal))
            // Within the provider, a redirect may lead to the page that tells the error.
            for _ in 0..<3 {
                guard verdict.isUndecided(page), let next = page.location else { break }
                page = try await browse(next)
            }
            return verdict.finding(for: page)
        } catch let error as TransportError {
            return .bad(SignInVerdict.subject, "\(name) cannot be asked: \(error.sentence)", .sentence(error.advice))
        } catch OAuthError.provider(let error) {
            let help = SignInVerdict.help(for: error)
            return .explaining(help, as: .bad, SignInVerdict.subject, "\(name) refuses: \(error.sentence)")
        } catch OAuthError.unusableKey {
            return nil
        } catch {
            return .bad(SignInVerdict.subject, "the request cannot be made: \(Failure(describing: error).message)")
        }
    }

    private func address(of rehearsal: Rehearsal) async throws -> String {
        let push = PushedAuthorizationRequest(rehearsal.request, client: rehearsal.client)
        guard let message = try push.message(fresh: freshness) else { return try rehearsal.request.url() }
        return try rehearsal.request.url(pushedAs: push.requestURI(in: try await send(message)))
    }

    private mutating func browse(_ address: String) async throws(TransportError) -> ProviderPage {
        let headers = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Accept-Language", "en")]
        let sent = Date.now
        let response = try await portal.send(OutboundRequest(.get, address, headers: headers))
        note(ClockReading(response.header("Date"), sent: sent, received: .now))
        return ProviderPage(response, at: address)
    }

    /// Sends one message of the protocol, on a connection of its own.
    func send(_ message: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        let request = OutboundRequest(
            message.method == "GET" ? .get : .post,
            message.url,
            headers: message.headers,
            body: message.body,
            usesFreshConnection: true
        )
        let response = try await portal.send(request)
        return HTTPResponseMessage(
            status: response.status,
            contentType: response.header("Content-Type"),
            body: response.body
        )
    }

    var freshness: Freshness { Freshness(now: portal.now().seconds, random: portal.random(16)) }
}
