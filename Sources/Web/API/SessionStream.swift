internal import Connect
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import Storage
internal import StrictJSON

/// The changes of a session as server-sent events (HTML Living Standard, 9.2), until it has ended.
///
/// Looks at the row, which any process may change. An open browser window asks for one stream, and for minutes at most.
struct SessionStream {
    let portal: Portal
    let session: ConnectSession
    private static let pause = Duration.milliseconds(400)
    /// Proxies close what is silent for long.
    private static let silence = Duration.seconds(15)
    /// Then the browser opens the stream anew, with its own wait of two seconds.
    private static let lifetime = Duration.seconds(600)

    func write(to writer: inout any ResponseBodyWriter) async throws {
        var told = session.pollJSON
        try await writer.write(ByteBuffer(string: "retry: 2000\n" + event(told)))
        let end = ContinuousClock.now + Self.lifetime
        var spokenAt = ContinuousClock.now
        var isOpen = session.isOpen
        while isOpen, ContinuousClock.now < end, !Task.isShuttingDownGracefully {
            try await Task.sleep(for: Self.pause)
            guard let session = try await portal.session(session.id) else { break }
            isOpen = session.isOpen
            if session.pollJSON != told {
                told = session.pollJSON
                try await writer.write(ByteBuffer(string: event(told)))
            } else if ContinuousClock.now - spokenAt > Self.silence {
                try await writer.write(ByteBuffer(string: ":\n\n"))
            } else {
                continue
            }
            spokenAt = .now
        }
        try await writer.finish(nil)
    }

    private func event(_ state: JSON) -> String { "event: status\ndata: \(state.text)\n\n" }
}
