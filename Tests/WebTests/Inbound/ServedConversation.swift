import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

@testable import Web

/// A server on a port of loopback, and what its routes tell of themselves.
struct Served {
    let port: Int
    let notes: Notes
    private let group: ServiceGroup

    /// Serves while the body runs.
    static func run(
        _ add: (Router<PortalContext>, Notes) -> Void,
        _ body: @Sendable (Served) async throws -> Void
    ) async throws {
        let (router, notes) = (Router(context: PortalContext.self), Notes())
        add(router, notes)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let channel = InboundChannel(responder: router.buildResponder(), clients: ClientConnections(perAddress: 100))
        let server = channel.server(
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: quiet
        )
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                try await body(Served(port: port, notes: notes, group: group))
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    func stop() async { await group.triggerGracefulShutdown() }

    func client() async throws -> RawClient { try await RawClient(port: port) }
}

/// What routes write down, and tests wait for.
final class Notes: Sendable {
    private let source: AsyncStream<String>.Continuation
    private let stream: AsyncStream<String>
    private let permission: AsyncStream<Void>.Continuation
    private let permissions: AsyncStream<Void>

    init() {
        (stream, source) = AsyncStream.makeStream()
        (permissions, permission) = AsyncStream.makeStream()
    }

    /// Lets a route go on that waits for it.
    func goOn() { permission.yield() }

    func permitted() async { for await _ in permissions { return } }

    func add(_ note: String) { source.yield(note) }

    func next() async -> String? {
        for await note in stream { return note }
        return nil
    }
}

/// A client that sends and receives bytes as they are.
final class RawClient: Sendable {
    private let channel: any Channel
    private let received = Received()

    init(port: Int) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { [received] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }
    func sayNoMore() async throws { try await channel.close(mode: .output) }
    func hangUp() async throws { try await channel.close() }
    func reads(_ isReading: Bool) async throws { try await channel.setOption(.autoRead, value: isReading).get() }

    /// All that came, once it has this in it.
    func answer(with part: String) async throws -> String { try await received.until { $0.contains(part) } }

    /// All that came before the server said no more.
    func wholeAnswer() async throws -> String { try await received.until(isOver: true) { _ in false } }
}

private final class Received: Sendable {
    private let state = Mutex((text: "", isOver: false))
    private let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation

    init() { (changes, change) = AsyncStream.makeStream() }

    func add(_ text: String) {
        state.withLock { $0.text += text }
        change.yield()
    }

    func end() {
        state.withLock { $0.isOver = true }
        change.finish()
    }

    func until(isOver: Bool = false, _ isThere: (String) -> Bool) async throws -> String {
        for await _ in changes where isThere(state.withLock { $0.text }) { return state.withLock { $0.text } }
        guard isOver || isThere(state.withLock { $0.text }) else { throw ChannelError.eof }
        return state.withLock { $0.text }
    }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let received: Received

    init(_ received: Received) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.add(String(buffer: unwrapInboundIn(data)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { received.end() }
    }

    func channelInactive(context: ChannelHandlerContext) { received.end() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { received.end() }
}
