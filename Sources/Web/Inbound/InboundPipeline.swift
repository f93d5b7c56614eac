internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// What the bytes of a client pass through before they are a request.
enum InboundPipeline {
    /// From the socket to the program; what is wrong travels as an error to `RequestGuard`, which answers it.
    static func addHandlers(
        to pipeline: ChannelPipeline.SynchronousOperations,
        _ clients: ClientConnections,
        _ limits: RequestDeadlines.Limits = .init()
    ) throws {
        let received = ReceivedBytes()
        try pipeline.addHandlers([AddressShare(clients), received])
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: RequestHeadRules.decoderLimits
        )
        try pipeline.addHandlers([RequestDeadlines(received, limits), RequestGuard(received)])
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    }
}
