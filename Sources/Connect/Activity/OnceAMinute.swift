internal import Storage
internal import Synchronization

/// Lets each name through once a minute, and a bounded number of names: what strangers cause must not fill the disk.
final class OnceAMinute: Sendable {
    private struct State {
        var minute: Int64 = 0
        var names: Set<String> = []
    }

    private let state = Mutex(State())
    private static let limit = 1000

    func admit(_ name: String, at now: Instant) -> Bool {
        state.withLock { state in
            if state.minute != now.seconds / 60 { state = State(minute: now.seconds / 60) }
            guard state.names.count < Self.limit else { return false }
            return state.names.insert(name).inserted
        }
    }
}
