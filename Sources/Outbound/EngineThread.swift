import Glibc

/// A thread that can be joined.
///
/// SIGPIPE is blocked in it: OpenSSL writes to sockets that the other side may have closed, and the signal's default
/// would end the process. The process-wide disposition stays as it was.
struct EngineThread: Sendable {
    private let id: pthread_t

    init(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
        final class Entry {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        let entry = Unmanaged.passRetained(Entry(body))
        var id = pthread_t()
        let code = pthread_create(
            &id,
            nil,
            { context in
                guard let context else { return nil }
                EngineThread.blockBrokenPipeSignal()
                Unmanaged<Entry>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            entry.toOpaque()
        )
        guard code == 0 else {
            entry.release()
            throw .misconfigured(setting: "pthread_create")
        }
        self.id = id
    }

    /// Blocks until the thread is gone; only to be called once, when it is about to end.
    func join() { pthread_join(id, nil) }

    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
