import HTTPTypes
import Hummingbird
import StrictJSON

/// What the protected resources share (RFC 6750).
extension Sandbox {
    static func bearerToken(_ request: Request) -> String? {
        let parts = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// The grant behind the request's access token.
    func grant(behind request: Request) -> (grant: Grant, token: AccessToken)? {
        guard let token = Self.bearerToken(request) else { return nil }
        return withState { $0.grant(forAccessToken: token, now: now()) }
    }

    /// RFC 6750 §3.1.
    static func refuseToken() -> Response {
        let error: JSON = ["error": "invalid_token", "error_description": "missing, wrong, expired or revoked"]
        var response = Response.json(error, status: .unauthorized)
        response.headers[.wwwAuthenticate] = #"Bearer realm="sandbox", error="invalid_token""#
        return response
    }
}
