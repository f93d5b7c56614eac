import HTTPTypes
import Hummingbird
import StrictJSON

/// Answers of the token endpoint (RFC 6749 §5), shaped by the client's quirks.
extension Sandbox {
    func tokenAnswer(_ issued: IssuedTokens, isRefresh: Bool, request: TokenRequest, quirks: Quirks) -> Response {
        var token: JSON.Object = ["access_token": .string(issued.accessToken)]
        if !quirks.tokenType.isEmpty { token["token_type"] = .string(quirks.tokenType) }
        token["expires_in"] = quirks.expiresIn.json(seconds: issued.lifetime)
        if let refreshToken = issued.refreshToken { token["refresh_token"] = .string(refreshToken) }
        if quirks.scopeInAnswer {
            token["scope"] = .string(Scopes.join(issued.scopes, separator: quirks.scopeSeparator))
        }
        token["id_token"] = idToken(for: issued, isRefresh: isRefresh, flaw: quirks.idToken).map(JSON.string)

        var extra = JSON.Object()
        for member in quirks.extraTokenMembers.members {
            if token[member.name] == nil {
                extra[member.name] = member.value
            } else {
                token[member.name] = member.value
            }
        }
        var answer = quirks.renamed(token)
        if !quirks.tokenPath.isEmpty { answer = JSON.Object(nesting: answer, under: quirks.tokenPath) }
        for member in extra.members { answer[member.name] = member.value }
        if !quirks.successFlag.isEmpty { answer[quirks.successFlag] = true }
        return write(answer, status: .ok, request: request, quirks: quirks)
    }

    /// RFC 6749 §5.2.
    func tokenAnswer(_ error: OAuthError, request: TokenRequest?, quirks: Quirks) -> Response {
        var answer = quirks.renamed([
            "error": .string(error.code),
            "error_description": .string(error.description),
        ])
        if !quirks.successFlag.isEmpty { answer[quirks.successFlag] = false }
        let status = quirks.errorsWithStatus200 ? .ok : error.status
        var response = write(answer, status: status, request: request, quirks: quirks)
        if status == .unauthorized, request?.basic != nil {
            response.headers[.wwwAuthenticate] = #"Basic realm="sandbox""#
        }
        return response
    }

    private func write(
        _ answer: JSON.Object,
        status: HTTPResponse.Status,
        request: TokenRequest?,
        quirks: Quirks
    ) -> Response {
        let acceptsJSON = request?.headers[.accept]?.contains("application/json") ?? false
        switch quirks.answerFormat {
        case .form: return .form(answer, status: status)
        case .formUnlessJSONIsAccepted where !acceptsJSON: return .form(answer, status: status)
        default: return .json(.object(answer), status: status)
        }
    }
}

extension ExpiresIn {
    fileprivate func json(seconds: Int) -> JSON? {
        switch self {
        case .seconds: JSON(seconds)
        case .milliseconds: JSON(seconds * 1000)
        case .text: .string(String(seconds))
        case .omitted: nil
        }
    }
}

extension Quirks {
    fileprivate func renamed(_ members: JSON.Object) -> JSON.Object {
        var renamed = JSON.Object()
        for member in members.members { renamed[responseNames[member.name] ?? member.name] = member.value }
        return renamed
    }
}

extension JSON.Object {
    /// An object whose dot path leads to `inner`.
    fileprivate init(nesting inner: JSON.Object, under path: String) {
        self = path.split(separator: ".").reversed().reduce(inner) { [String($1): .object($0)] }
    }
}
