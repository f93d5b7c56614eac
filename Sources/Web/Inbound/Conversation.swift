internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// What one client asks, request by request, and what it is answered.
///
/// Both sides are on the thread of the client's event loop: a request that is all there is answered before the loop turns
/// to the next client, and nothing is handed from thread to thread.
final class Conversation: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    let executor: LoopExecutor
    private var context: ChannelHandlerContext?
    /// What came and was not taken yet; while there is any, no more is read.
    private var parts = CircularBuffer<HTTPRequestPart>()
    private var isReadHeld = false
    /// Nothing more comes: the client said so, or is gone, or is refused.
    private var isOver = false
    private var failure: (any Error)?
    private var isAnswering = false
    private var isLast = false
    /// The server stops, and waits for no client longer than for its answer.
    private var isQuiescing = false
    private var listener: CheckedContinuation<Void, Never>?
    private var writer: CheckedContinuation<Void, Never>?

    init(on executor: LoopExecutor) { self.executor = executor }

    // MARK: The program's side

    /// The next request; nothing when there will be none.
    nonisolated(nonsending) func next() async -> Request? {
        while !isLast, !isQuiescing {
            guard let part = await take() else { break }
            // What the program left of the body before is of no use.
            guard case .head(let head) = part else { continue }
            isAnswering = true
            isLast = head.isLast
            return Request(head: head, body: body())
        }
        return nil
    }

    /// The next part of a body; nothing at its end.
    nonisolated(nonsending) func nextOfBody() async throws -> ByteBuffer? {
        guard case .body(let bytes) = await take() else {
            if let failure { throw failure }
            return nil
        }
        return bytes
    }

    /// Throws where the client is gone, and waits while it has too much to read.
    nonisolated(nonsending) func send(_ part: HTTPResponsePart, atOnce: Bool = false) async throws {
        guard let context, context.channel.isActive else { throw ChannelError.ioOnClosedChannel }
        context.write(wrapOutboundOut(part), promise: nil)
        if atOnce || !context.channel.isWritable { context.flush() }
        // A client that is gone may be noticed by the flush itself: then nobody would tell the writer any more.
        guard !context.channel.isWritable, context.channel.isActive else { return }
        await withCheckedContinuation { writer = $0 }
    }

    /// Ends an answer; it is sent once the loop has answered all clients that it came to in this turn, and these wake up
    /// once and not one by one.
    func finish() {
        guard let context else { return }
        isAnswering = false
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        context.eventLoop.assumeIsolated().execute { context.flush() }
    }

    /// Ends the connection: once all is sent that was written, also in this turn, or at once where an answer broke off.
    func end() {
        isLast = true
        parts.removeAll()
        readOn()
        context?.flush()
        context?.close(mode: isAnswering || isQuiescing ? .all : .output, promise: nil)
    }

    private nonisolated(nonsending) func take() async -> HTTPRequestPart? {
        while parts.isEmpty, !isOver { await withCheckedContinuation { listener = $0 } }
        defer { readOn() }
        return parts.popFirst()
    }

    /// Nearly always all of it came with the head.
    private func body() -> RequestBody {
        guard let end = parts.firstIndex(where: { if case .end = $0 { true } else { false } }) else {
            return RequestBody(asyncSequence: IncomingBody(conversation: NIOLoopBound(self, eventLoop: executor.loop)))
        }
        var bytes = ByteBuffer()
        for part in parts[..<end] {
            guard case .body(var more) = part else { continue }
            if bytes.readableBytes == 0 { bytes = more } else { bytes.writeBuffer(&more) }
        }
        parts.removeFirst(parts.distance(from: parts.startIndex, to: end) + 1)
        readOn()
        return RequestBody(buffer: bytes)
    }

    // MARK: The client's side

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        over()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isAnswering || !isLast { parts.append(unwrapInboundIn(data)) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !parts.isEmpty { executor.runningHere(tell) }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if parts.isEmpty { context.read() } else { isReadHeld = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { goOnWriting() }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? error
        over()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: over()
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if !isAnswering { end() }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        over()
        goOnWriting()
        context.fireChannelInactive()
    }

    private func over() {
        isOver = true
        tell()
    }

    private func readOn() {
        guard isReadHeld, parts.isEmpty else { return }
        isReadHeld = false
        context?.read()
    }

    private func tell() {
        guard let listener else { return }
        self.listener = nil
        listener.resume()
    }

    private func goOnWriting() {
        writer?.resume()
        writer = nil
    }
}

extension HTTPRequest {
    /// Whether the client wants no other answer on the connection (RFC 9112 §9.6).
    fileprivate var isLast: Bool {
        headerFields[values: .connection].contains { options in
            options.lowercased().split(separator: ",").contains { $0.filter { $0 != " " && $0 != "\t" } == "close" }
        }
    }
}

/// The rest of a body whose beginning came with the head.
private struct IncomingBody: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let conversation: NIOLoopBound<Conversation>

    func makeAsyncIterator() -> Self { self }
    mutating func next() async throws -> ByteBuffer? { try await conversation.value.nextOfBody() }
}
