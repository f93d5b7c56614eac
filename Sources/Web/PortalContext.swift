internal import Connect
public import Hummingbird
public import Storage

/// What travels with every request.
public struct PortalContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Returned as `X-Request-Id` and repeated in errors.
    public var requestID = ""
    /// Set once the key of an API request was checked.
    public var apiKey: APIKey?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}

/// The context of routes that need an API key: it cannot exist without one.
public struct APIContext: ChildRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let apiKey: APIKey

    public init(context: PortalContext) throws {
        guard let apiKey = context.apiKey else { throw PortalError(.unauthenticated, "A valid API key is required") }
        coreContext = context.coreContext
        self.apiKey = apiKey
    }
}
