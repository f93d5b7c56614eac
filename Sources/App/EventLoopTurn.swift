import NIOCore
import NIOPosix

/// What an event loop has at hand when it looks: the requests that came meanwhile, and tasks that go on.
enum EventLoopTurn {
    /// Runs a closure on this thread after all of that; false on a thread that has no event loop.
    @Sendable static func atEnd(_ body: @escaping @Sendable () -> Void) -> Bool {
        guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else { return false }
        loop.execute(body)
        return true
    }
}
