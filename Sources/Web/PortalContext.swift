internal import Connect
public import Hummingbird
public import Storage

/// What travels with every request.
public struct PortalContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Returned as `X-Request-Id` and repeated in errors.
    public var requestID = ""
    /// Who asks: the key of the request, or why there is none.
    var caller: Result<APIKey, any Error> = .failure(PortalContext.noKey)
    static let noKey = PortalError(.unauthenticated, "A valid API key is required")
    /// The address of the other end of the connection, where there is one.
    let remoteAddress: String?
    /// The address that the request comes from, behind proxies of ours.
    var client: String?
    /// What the request is counted under: that address; IPv6 by its /64.
    var clientName: String { client.map(ClientAddress.name) ?? "unknown" }

    public init(source: ApplicationRequestContextSource) {
        self.init(source: source, remoteAddress: source.channel.remoteAddress?.ipAddress)
    }

    init(source: ApplicationRequestContextSource, remoteAddress: String?) {
        coreContext = .init(source: source)
        self.remoteAddress = remoteAddress
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
