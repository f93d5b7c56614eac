internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// How long a client may take: to send a head, to send a body, to read an answer, to ask again.
///
/// A byte now and then moves no deadline. While the program works on an answer there is none.
final class RequestDeadlines: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    struct Limits: Sendable {
        /// From accepting the connection, or from the first byte of a later request, to the end of its head.
        var head = TimeAmount.seconds(10)
        /// From the end of the head to the end of the body.
        var body = TimeAmount.seconds(30)
        /// Without a request.
        var idle = TimeAmount.seconds(60)
        /// In which the client takes nothing of an answer that waits to be sent.
        var reader = TimeAmount.seconds(30)
    }

    private enum Phase {
        case opened, head, body, answer, idle
    }

    private let received: ReceivedBytes
    private let limits: Limits
    private var phase = Phase.opened
    private var unanswered = 0
    private var requestDue: NIODeadline?
    private var readerDue: NIODeadline?
    private var timer: (due: NIODeadline, task: Scheduled<Void>)?

    init(_ received: ReceivedBytes, _ limits: Limits) {
        self.received = received
        self.limits = limits
    }

    // MARK: What happens

    func channelActive(context: ChannelHandlerContext) {
        enter(.opened, within: limits.head, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            enter(.body, within: limits.body, context)
        case .body: break
        case .end: unanswered > 0 ? enter(.answer, within: nil, context) : enter(.idle, within: limits.idle, context)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if received.count > 0 {
            switch phase {
            case .opened: phase = .head
            case .idle: enter(.head, within: limits.head, context)
            case .head, .body, .answer: break
            }
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if phase == .answer, unanswered == 0 { enter(.idle, within: limits.idle, context) }
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readerDue = context.channel.isWritable ? nil : context.eventLoop.now + limits.reader
        watch(context)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        (timer, requestDue, readerDue) = (nil, nil, nil)
        context.fireChannelInactive()
    }

    // MARK: What does not

    private func enter(_ phase: Phase, within time: TimeAmount?, _ context: ChannelHandlerContext) {
        self.phase = phase
        requestDue = time.map { context.eventLoop.now + $0 }
        watch(context)
    }

    /// Looks at the clock when something may be due; a deadline that moved on is not worth another timer.
    private func watch(_ context: ChannelHandlerContext) {
        guard let due = [requestDue, readerDue].compactMap(\.self).min() else { return }
        if let timer, timer.due <= due { return }
        timer?.task.cancel()
        timer = (due, context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.look(context) })
    }

    private func look(_ context: ChannelHandlerContext) {
        timer = nil
        let now = context.eventLoop.now
        if let readerDue, readerDue <= now { return context.close(promise: nil) }
        guard let due = requestDue, due <= now else { return watch(context) }
        requestDue = nil
        switch phase {
        case .opened, .idle: context.close(promise: nil)
        case .head, .body: context.fireErrorCaught(HTTPError(.requestTimeout))
        case .answer: break
        }
    }
}
