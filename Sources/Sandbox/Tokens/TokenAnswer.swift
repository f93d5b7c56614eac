import HTTPTypes
import Hummingbird
import StrictJSON

/// Answers of the token endpoint (RFC 6749 §5), shaped by the client's quirks.
extension Sandbox {
    func tokenAnswer(
        _ issued: IssuedTokens,
        isRefresh: Bool,
        request: TokenRequest,
        client: SandboxClient
    ) -> Response {
        let quirks = client.quirks
        var token: JSON.Object = ["access_token": .string(issued.accessToken)]
        if !quirks.tokenType.isEmpty { token["token_type"] = .string(quirks.tokenType) }
        if issued.lifetime > 0 { token["expires_in"] = quirks.expiresIn.json(seconds: issued.lifetime) }
        let keepsQuiet = isRefresh && quirks.refreshTokens == .stable && !quirks.repeatsStableRefreshToken
        if let refreshToken = issued.refreshToken, !keepsQuiet { token["refresh_token"] = .string(refreshToken) }
        if quirks.scopeInAnswer { token["scope"] = quirks.told(issued.scopes) }
        token["id_token"] = idToken(for: issued, isRefresh: isRefresh, client: client).map(JSON.string)

        var extra = JSON.Object()
        for member in quirks.extraTokenMembers.members where quirks.extraTokenMembersInRefresh || !isRefresh {
            if token[member.name] == nil {
                extra[member.name] = member.value
            } else {
                token[member.name] = member.value
            }
        }
        var answer = quirks.renamed(token)
        if !quirks.tokenPath.isEmpty { answer = JSON.Object(nesting: answer, under: quirks.tokenPath) }
        answer.merge(extra)
        if !quirks.successFlag.isEmpty { answer[quirks.successFlag] = true }
        return write(answer, status: .ok, request: request, quirks: quirks)
    }

    /// RFC 6749 §5.2.
    func tokenAnswer(_ error: OAuthError, request: TokenRequest?, quirks: Quirks) -> Response {
        var answer = quirks.renamed([
            "error": .string(error.code),
            "error_description": .string(error.description),
        ])
        if !quirks.errorPath.isEmpty { answer = JSON.Object(nesting: answer, under: quirks.errorPath) }
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
