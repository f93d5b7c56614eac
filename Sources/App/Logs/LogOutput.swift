import Glibc
import Synchronization

/// Stdout for log lines: those that one turn of an event loop brings go out together, before the answers of that turn.
final class LogOutput: Sendable {
    static let standard = LogOutput(STDOUT_FILENO)

    private let descriptor: CInt
    private let waiting = Mutex<[UInt8]>([])

    init(_ descriptor: CInt) { self.descriptor = descriptor }

    /// Writes a line, whole; what the descriptor does not take is lost.
    func write(_ line: String, isUrgent: Bool) {
        waiting.withLock { $0.append(contentsOf: line.utf8) }
        if isUrgent || !EventLoopTurn.atEnd(flush) { flush() }
    }

    @Sendable func flush() {
        waiting.withLock { waiting in
            guard !waiting.isEmpty else { return }
            waiting.withUnsafeBytes(writeAll)
            waiting.removeAll(keepingCapacity: waiting.capacity < 65536)
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            guard count > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
