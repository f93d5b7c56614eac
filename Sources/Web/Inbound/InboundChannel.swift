internal import Foundation
internal import HTTPTypes
public import Hummingbird
public import HummingbirdCore
public import Logging
public import NIOCore
internal import NIOHTTPTypes
internal import Storage

/// HTTP/1.1 for whoever can reach the port: limits, deadlines, and no request whose end could be read in two ways.
public struct InboundChannel<Responder: HTTPResponder<PortalContext>>: ServerChildChannel {
    let responder: Responder
    let clients: ClientConnections
    private let date = DateField()
    private let executors = LoopExecutors()

    public init(responder: Responder, clients: ClientConnections) {
        self.responder = responder
        self.clients = clients
    }

    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Client> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try InboundPipeline.addHandlers(to: pipeline, clients)
            let conversation = Conversation(on: executors.executor(of: channel.eventLoop))
            try pipeline.addHandler(conversation)
            return Client(
                channel: channel,
                executor: conversation.executor,
                conversation: NIOLoopBound(conversation, eventLoop: channel.eventLoop)
            )
        }
    }

    public func handle(value client: Client, logger: Logger) async {
        await withTaskCancellationHandler {
            await withTaskExecutorPreference(client.executor) {
                await answer(
                    client.conversation.value,
                    ApplicationRequestContextSource(channel: client.channel, logger: logger)
                )
            }
            try? await client.channel.closeFuture.get()
        } onCancel: {
            client.channel.close(promise: nil)
        }
    }

    /// One request after the other, until the client has no more or an answer breaks off.
    private func answer(_ conversation: Conversation, _ source: ApplicationRequestContextSource) async {
        let address = source.channel.remoteAddress?.ipAddress
        while let request = await conversation.next() {
            let context = PortalContext(source: source, remoteAddress: address)
            var response =
                (try? await responder.respond(to: request, context: context)) ?? Response(status: .internalServerError)
            response.headers[.date] = date.text(at: Instant(.now))
            do {
                try await conversation.send(.head(response.head))
                let isStream = response.body.contentLength == nil
                try await response.body.write(AnswerWriter(conversation: conversation, isStream: isStream))
            } catch { break }
        }
        conversation.end()
    }
}

/// One open connection.
public struct Client: ServerChildChannelValue {
    public let channel: any Channel
    let executor: LoopExecutor
    let conversation: NIOLoopBound<Conversation>
}

/// Writes the body of an answer.
private struct AnswerWriter: ResponseBodyWriter {
    let conversation: Conversation
    /// Whether each part is to be there as soon as it is written.
    let isStream: Bool

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await conversation.send(.body(buffer), atOnce: isStream)
    }

    consuming func finish(_: HTTPFields?) async throws { conversation.finish() }
}
