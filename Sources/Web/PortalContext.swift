internal import Connect
public import Hummingbird
public import Storage

/// What travels with every request.
public struct PortalContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Returned as `X-Request-Id` and repeated in errors.
    public var requestID = ""
    /// Who asks: the key of the request, or why there is none.
    var caller: Result<APIKey, any Error> = .failure(PortalError(.unauthenticated, "A valid API key is required"))
    /// The address of the other end of the connection, where there is one.
    let remoteAddress: String?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress
    }
}

/// The context of routes that need an API key: it cannot exist without one.
public struct APIContext: ChildRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let apiKey: APIKey

    public init(context: PortalContext) throws {
        coreContext = context.coreContext
        apiKey = try context.caller.get()
    }
}
