internal import Synchronization

/// Work that nobody waits for while the program runs, and that its end waits for.
final class Errands: Sendable {
    private struct State {
        var underWay: [Int: Task<Void, Never>] = [:]
        var next = 0
        var isEnding = false
    }

    private let state = Mutex(State())

    /// Whether the program is about to end, so that nothing long may begin.
    var isEnding: Bool { state.withLock { $0.isEnding } }

    func start(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            let number = state.next
            state.next += 1
            state.underWay[number] = Task.detached {
                await work()
                self.state.withLock { $0.underWay[number] = nil }
            }
        }
    }

    /// Waits for what is under way.
    func finish() async {
        let last = state.withLock { state in
            state.isEnding = true
            return Array(state.underWay.values)
        }
        for errand in last { await errand.value }
    }
}
