import Hummingbird
import StrictJSON

/// The userinfo endpoint (OpenID Connect Core §5.3).
extension Sandbox {
    func userinfo(_ request: Request, context: SandboxRequestContext) async -> Response {
        let known = grant(behind: request)
        let clientID = known?.grant.clientID
        note(.userinfo, method: request.method, clientID: clientID, parameters: FormParameters())
        return await withFaults(of: clientID, at: .userinfo, context: context) {
            guard let known, let user = known.grant.user else { return Self.refuseToken() }
            let subject = quirks(of: known.grant.clientID).userinfoSubject
            var claims: JSON.Object = ["sub": .string(subject.isEmpty ? user.id : subject)]
            for member in user.claims(for: known.token.scopes).members { claims[member.name] = member.value }
            return .json(.object(claims))
        }
    }
}
