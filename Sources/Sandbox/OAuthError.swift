import Hummingbird

/// An error of RFC 6749 §4.1.2.1 or §5.2, or of a document that adds to them.
struct OAuthError: Error, Equatable {
    let code: String
    let description: String
    var status: HTTPResponse.Status = .badRequest

    static func invalidRequest(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_request", description: description)
    }

    static func invalidScope(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_scope", description: description)
    }

    static func invalidGrant(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_grant", description: description)
    }

    static func invalidClient(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_client", description: description, status: .unauthorized)
    }
}
