internal import NIOCore

/// Counts what comes from the client, and swallows it once the client is refused.
///
/// A socket that is closed with bytes unread is reset, and the client may lose the answer (RFC 9112 §9.6).
final class ReceivedBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Since the last head or the last end of a request.
    private(set) var count = 0
    /// Of those, the ones that belong to the request line.
    private(set) var lineCount = 0
    private var isInLine = true
    private var isDraining = false

    func restart(atLine: Bool) {
        (count, lineCount, isInLine) = (0, 0, atLine)
    }

    func drain() { isDraining = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDraining else { return }
        let bytes = unwrapInboundIn(data).readableBytesView
        count += bytes.count
        if isInLine {
            let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
            lineCount += line.count
            isInLine = line.count == bytes.count
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Nobody behind asks for more.
        if isDraining { context.read() }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        if isDraining, case ChannelEvent.inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
    }
}
