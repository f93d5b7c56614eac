import HTTPTypes
import Hummingbird

/// What the quirks of a client ask of requests to the provider's API.
extension Sandbox {
    /// Whose access token a request carries: found wherever it stands, also if it is dead.
    func tokenHolder(_ request: Request) -> (token: String, client: SandboxClient)? {
        withState { state in
            for word in request.words {
                if let client = state.client(ofToken: word) { return (word, client) }
            }
            return nil
        }
    }

    /// The grant, if the token is alive and the request is as the client's provider wants it.
    func grant(for token: String, in request: Request, _ quirks: AccountQuirks, instance: String?) -> Grant? {
        let known = withState { $0.grant(forAccessToken: token, now: now())?.grant }
        guard (instance ?? "") == quirks.instance else { return nil }
        guard HTTPField.Name(quirks.tokenHeader).flatMap({ request.headers[$0] }).map(quirks.isToken(token)) == true
        else { return nil }
        return quirks.requiredHeaders.allSatisfy { request.headers.has($0.key, $0.value) } ? known : nil
    }
}

extension AccountQuirks {
    /// Schemes are the same in upper and lower case (RFC 9110 §11.1).
    fileprivate func isToken(_ token: String) -> (String) -> Bool {
        { field in
            let parts = field.split(separator: " ").map(String.init)
            return parts == (tokenScheme.isEmpty ? [token] : [parts.first ?? "", token])
                && (tokenScheme.isEmpty || parts[0].lowercased() == tokenScheme.lowercased())
        }
    }
}

extension Request {
    /// The words of every header field and query parameter, where credentials of any kind can be.
    var words: [String] {
        let query = FormParameters(parsing: uri.query ?? "").pairs.map(\.value)
        let basic = headers[.authorization].flatMap(BasicCredentials.init).map { [$0.username, $0.password] } ?? []
        return (headers.map(\.value) + query + basic).flatMap { text in
            text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
        }
    }
}
