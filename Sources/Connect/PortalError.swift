public import StrictJSON

/// What the domain refuses, in words that are safe to show.
public struct PortalError: Error, Sendable {
    public let code: Code
    /// One sentence for a person.
    public let message: String
    public let details: JSON.Object

    /// The machine codes of the wire contract.
    public enum Code: String, Sendable, CaseIterable {
        case validation = "VALIDATION_ERROR"
        case invalidJSON = "INVALID_JSON"
        case missingToken = "MISSING_TOKEN"
        case noUpdates = "NO_UPDATES"
        case noOAuthApp = "NO_OAUTH_APP"
        case unauthenticated = "UNAUTHENTICATED"
        case invalidToken = "INVALID_TOKEN"
        case forbidden = "FORBIDDEN"
        case scopeDenied = "SCOPE_DENIED"
        case quotaExceeded = "QUOTA_EXCEEDED"
        case notFound = "NOT_FOUND"
        case connectionNotFound = "CONNECTION_NOT_FOUND"
        case endUserNotFound = "END_USER_NOT_FOUND"
        case integrationNotFound = "INTEGRATION_NOT_FOUND"
        case oauthAppNotFound = "OAUTH_APP_NOT_FOUND"
        case methodNotAllowed = "METHOD_NOT_ALLOWED"
        case duplicate = "DUPLICATE"
        case aliasConflict = "ALIAS_CONFLICT"
        case idempotencyConflict = "IDEMPOTENCY_CONFLICT"
        case nothingToRefresh = "NOTHING_TO_REFRESH"
        case notAwaitingConfirmation = "NOT_AWAITING_CONFIRMATION"
        case reauthorizationRequired = "REAUTHORIZATION_REQUIRED"
        case rateLimitExceeded = "RATE_LIMIT_EXCEEDED"
        case payloadTooLarge = "PAYLOAD_TOO_LARGE"
        case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
        case internalError = "INTERNAL_ERROR"
        case unavailable = "SERVICE_UNAVAILABLE"
        case providerUnavailable = "PROVIDER_UNAVAILABLE"
    }

    public init(_ code: Code, _ message: String, details: JSON.Object = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The message with every bad field, for where there is no JSON.
    public var sentence: String {
        let fields = details["fields"]?.object?.members.map { "\($0.name) \($0.value.string ?? "")" } ?? []
        return fields.isEmpty ? message : fields.joined(separator: "; ")
    }

    /// Bad fields, each with what was expected.
    public static func validation(_ fields: [(name: String, problem: String)]) -> PortalError {
        var named = JSON.Object()
        for field in fields where named[field.name] == nil { named[field.name] = .string(field.problem) }
        let names = named.members.map(\.name).joined(separator: ", ")
        return PortalError(.validation, "Invalid input: \(names)", details: ["fields": .object(named)])
    }

    /// Something else has the value of this field already.
    static func duplicate(_ field: String) -> PortalError {
        PortalError(.duplicate, "There is one with this \(field) already", details: ["field": .string(field)])
    }

    static let noUpdates = PortalError(.noUpdates, "There is nothing to update")
}
