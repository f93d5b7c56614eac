internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Storage
internal import StrictJSON

/// Turns every error into an answer, here and nowhere else: JSON under `/api`, a page for people.
struct ErrorResponses {
    let pages: Pages

    /// The answer to an error.
    func response(to error: any Error, _ request: Request, _ context: PortalContext) -> Response {
        if let error = error as? PageError {
            return pages.problem(
                error.problem,
                status: error.status,
                request,
                requestID: context.requestID,
                branding: error.branding
            )
        }
        let refusal = refusal(error, request, context)
        guard Self.isForMachines(request.uri.path) else {
            return pages.problem(
                Problem(refusal.error),
                status: refusal.status,
                request,
                requestID: context.requestID,
                headers: refusal.headers
            )
        }
        var details = refusal.error.details
        details["requestId"] = .string(context.requestID)
        let body: JSON = [
            "error": .string(refusal.error.message),
            "code": .string(refusal.error.code.rawValue),
            "details": .object(details),
        ]
        let headers = Self.readable(refusal.headers, by: request)
        return .json(body, status: refusal.status, headers: headers)
    }

    /// A page that follows a session from another origin may read why it cannot; there is nothing of the session in it.
    private static func readable(_ headers: HTTPFields, by request: Request) -> HTTPFields {
        guard request.uri.path.hasPrefix("/api/v1/connect/session/"), let origin = request.headers[.origin] else {
            return headers
        }
        var headers = headers
        headers[.accessControlAllowOrigin] = origin
        headers[.vary] = "Origin"
        return headers
    }

    private static func isForMachines(_ path: String) -> Bool {
        path.hasPrefix("/api/") && !path.hasPrefix("/api/v1/connect/oauth-callback") || path == "/health"
            || path == "/ready"
    }

    private typealias Refusal = (error: PortalError, status: HTTPResponse.Status, headers: HTTPFields)

    private func refusal(_ error: any Error, _ request: Request, _ context: PortalContext) -> Refusal {
        switch error {
        case let error as PortalError:
            var headers = Self.headers(for: error.code, request)
            if case .integer(let seconds)? = error.details["retryAfter"] { headers[.retryAfter] = String(seconds) }
            return (error, error.code.status, headers)
        case let error as MethodNotAllowed:
            let allowed = error.allowed.map(\.rawValue).sorted().joined(separator: ", ")
            return (
                PortalError(.methodNotAllowed, "This address takes only \(allowed)"), .methodNotAllowed,
                [.allow: allowed]
            )
        case StorageError.unavailable(let reason):
            context.logger.error(
                "storage unavailable",
                metadata: ["requestId": "\(context.requestID)", "reason": "\(reason)"]
            )
            let busy = PortalError(.unavailable, "The service cannot answer just now, please try again")
            return (busy, .serviceUnavailable, Self.headers(for: busy.code, request))
        case StorageError.dangling:
            return (PortalError(.notFound, "What this belongs to was removed at the same moment"), .notFound, [:])
        case let error as HTTPError where error.status == .notFound:
            return (PortalError(.notFound, "There is nothing at this address"), .notFound, [:])
        case let error as HTTPError where error.status == .contentTooLarge:
            return (PortalError(.payloadTooLarge, "The body is too large"), .contentTooLarge, [:])
        case let error as HTTPError where error.status.code < 500:
            return (PortalError(.validation, "The request is malformed"), error.status, [:])
        default:
            context.logger.error(
                "request failed",
                metadata: ["requestId": "\(context.requestID)", "error": "\(error)"]
            )
            return (PortalError(.internalError, "Something went wrong on our side"), .internalServerError, [:])
        }
    }

    /// A key that is no good is told apart from none at all (RFC 6750 §3.1).
    private static func headers(for code: PortalError.Code, _ request: Request) -> HTTPFields {
        let hasKey = request.headers[.authorization]?.lowercased().hasPrefix("bearer ") == true
        return switch code {
        case .unauthenticated: [.wwwAuthenticate: hasKey ? "Bearer error=\"invalid_token\"" : "Bearer"]
        case .invalidToken: [.wwwAuthenticate: "Bearer error=\"invalid_token\""]
        case .forbidden,
            .scopeDenied where hasKey:
            [.wwwAuthenticate: "Bearer error=\"insufficient_scope\""]
        case .unavailable: [.retryAfter: "2"]
        default: [:]
        }
    }
}

extension PortalError.Code {
    /// The HTTP status of each code.
    var status: HTTPResponse.Status {
        switch self {
        case .validation, .invalidJSON, .missingToken, .noOAuthApp, .noUpdates: .badRequest
        case .unauthenticated, .invalidToken: .unauthorized
        case .forbidden, .scopeDenied, .quotaExceeded: .forbidden
        case .notFound, .integrationNotFound, .oauthAppNotFound, .connectionNotFound, .endUserNotFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .duplicate, .aliasConflict, .idempotencyConflict, .nothingToRefresh, .notAwaitingConfirmation: .conflict
        case .reauthorizationRequired: .init(code: 424, reasonPhrase: "Failed Dependency")
        case .payloadTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .rateLimitExceeded: .tooManyRequests
        case .internalError: .internalServerError
        case .unavailable, .providerUnavailable: .serviceUnavailable
        }
    }
}
