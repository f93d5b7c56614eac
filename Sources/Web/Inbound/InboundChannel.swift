internal import HTTPTypes
public import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

extension HTTPServerBuilder {
    /// HTTP/1.1 for whoever can reach the port: limits, deadlines, and no request whose end could be read in two ways.
    public static func inbound(_ clients: ClientConnections) -> HTTPServerBuilder {
        HTTPServerBuilder { InboundChannel(responder: $0, clients: clients) }
    }
}

/// What the bytes of a client pass through before they are a request.
struct InboundChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let clients: ClientConnections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try Self.addHandlers(to: pipeline, clients)
            try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value channel: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(channel.channel.eventLoop)) {
            await handleHTTP(asyncChannel: channel, logger: logger)
        }
    }

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
