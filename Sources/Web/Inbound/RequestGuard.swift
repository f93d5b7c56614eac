internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// Answers what is no proper request, or did not come in time, with a status and nothing else, and closes.
///
/// From then on nothing of the client reaches the program, and nothing of the program the client.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a refused client may take to read its answer.
    private static let linger = TimeAmount.seconds(2)
    /// What the framing of a body may take beyond as much as the body itself, such as extensions of chunks.
    private static let framingLimit = 16384

    private let received: ReceivedBytes
    private var refusal: HTTPResponse.Status?
    private var isClosing = false
    private var closing: Scheduled<Void>?
    /// Requests that the program has, and has not answered to the end.
    private var unanswered = 0
    private var isReading = false
    private var isAnswering = false
    private var bodyBytes = 0
    private var isLast = false

    init(_ received: ReceivedBytes) { self.received = received }

    // MARK: From the client

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let status = RequestHeadRules.refusal(of: head) { return refuse(status, context) }
            received.restart(atLine: false)
            (isReading, bodyBytes) = (true, 0)
            unanswered += 1
            isLast = isLast || head.asksForUpgrade
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
        case .end:
            received.restart(atLine: true)
            isReading = false
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, received.count > Self.framingLimit + 2 * bodyBytes { refuse(.badRequest, context) }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPError: refuse(error.status, context)
        case HTTPParserError.headerOverflow where !isReading:
            refuse(RequestHeadRules.refusal(ofLine: received.lineCount), context)
        default: refuse(.badRequest, context)
        }
    }

    // MARK: To the client

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            isAnswering = true
            if isLast { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            isAnswering = false
            unanswered -= 1
            context.write(data, promise: promise)
            settle(context)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard isClosing else { return context.close(mode: mode, promise: promise) }
        context.channel.closeFuture.cascade(to: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closing?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Refusing

    private func refuse(_ status: HTTPResponse.Status, _ context: ChannelHandlerContext) {
        guard refusal == nil else { return }
        refusal = status
        received.drain()
        // Whoever reads the body must not take for the whole what came of it.
        context.fireErrorCaught(HTTPError(status))
        settle(context)
    }

    /// Ends the connection once all requests before the bad one, or before the last one, are answered.
    private func settle(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        if let refusal {
            // The bad one is among the unanswered if its body was being read, unless its answer came early.
            if isReading ? unanswered == 1 && !isAnswering : unanswered == 0 {
                answer(refusal, context)
            } else if isReading, unanswered == 0 {
                close(context)
            }
        } else if isLast, unanswered == 0 {
            close(context)
        }
    }

    private func answer(_ status: HTTPResponse.Status, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(
            version: .http1_1,
            status: .init(statusCode: status.code, reasonPhrase: status.reasonPhrase),
            headers: ["Connection": "close", "Content-Length": "0"]
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        close(context)
    }

    private func close(_ context: ChannelHandlerContext) {
        isClosing = true
        received.drain()
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
        closing = context.eventLoop.assumeIsolated().scheduleTask(in: Self.linger) { context.close(promise: nil) }
    }
}

extension HTTPRequestHead {
    /// After an upgrade another protocol would begin, so the decoder reads no further; the portal has no other.
    fileprivate var asksForUpgrade: Bool {
        headers.contains(name: "upgrade")
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    }
}
