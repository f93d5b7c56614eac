import Foundation
import Glibc
import Synchronization

/// A TCP or Unix socket server that behaves as badly as a test asks for: one thread per connection.
final class TestServer: Sendable {
    typealias Behaviour = @Sendable (Conversation) -> Void

    private struct State {
        var isRunning = true
        var connectionCount = 0
        var open: [Conversation] = []
        var requests: [ReceivedRequest] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    /// Listens on a free port of the loopback address.
    convenience init(_ behaviour: @escaping Behaviour) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try self.init(listener: SocketAddress.listen(on: &address, family: AF_INET), behaviour)
    }

    convenience init(unixSocketPath: String, _ behaviour: @escaping Behaviour) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: unixSocketPath.utf8) }
        try self.init(listener: SocketAddress.listen(on: &address, family: AF_UNIX), behaviour)
    }

    private init(listener: Int32, _ behaviour: @escaping Behaviour) {
        self.listener = listener
        port = SocketAddress.port(of: listener)
        Thread.detachNewThread { [self] in
            defer { close(listener) }
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else { return }
                let conversation = Conversation(socket: socket) { [self] in record($0) }
                guard register(conversation) else { return conversation.close() }
                Thread.detachNewThread {
                    behaviour(conversation)
                    conversation.close()
                }
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [ReceivedRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// Returns once so many requests were read.
    func received(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requests.count < count { state.waiters.append((count, continuation)) }
                return state.requests.count >= count
            }
            if isThere { continuation.resume() }
        }
    }

    func stop() {
        let open = state.withLock { state in
            // Only once: the listening thread closes the descriptor, whose number then belongs to somebody else.
            if state.isRunning { _ = shutdown(listener, Int32(SHUT_RDWR)) }
            state.isRunning = false
            return state.open
        }
        for conversation in open { conversation.hangUp() }
    }

    private func register(_ conversation: Conversation) -> Bool {
        state.withLock { state in
            state.connectionCount += 1
            state.open.append(conversation)
            return state.isRunning
        }
    }

    private func record(_ request: ReceivedRequest) {
        let ready = state.withLock { state in
            state.requests.append(request)
            let ready = state.waiters.filter { $0.count <= state.requests.count }
            state.waiters.removeAll { $0.count <= state.requests.count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}

private enum SocketAddress {
    static func listen<Address>(on address: inout Address, family: Int32) throws -> Int32 {
        let listener = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        let length = socklen_t(MemoryLayout<Address>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
        }
        guard bound == 0, Glibc.listen(listener, 256) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return listener
    }

    static func port(of listener: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
