internal import Synchronization

/// A bounded number of places; who finds none waits in line, but not for ever.
final class Slots: Sendable {
    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let state: Mutex<State>
    private let count: Int
    private let waitLimit: Duration

    /// How many places are taken, and how many wait for one.
    var use: (taken: Int, waiting: Int) { state.withLock { (count - $0.free, $0.waiting.count) } }

    init(_ count: Int, waitLimit: Duration) {
        self.count = count
        state = Mutex(State(free: count))
        self.waitLimit = waitLimit
    }

    /// Takes a place; false where none became free in time.
    func take() async -> Bool {
        let isTaken = state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
        if isTaken { return true }
        return await withCheckedContinuation { continuation in
            let ticket: Int? = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return nil
                }
                state.nextTicket += 1
                state.waiting.append((state.nextTicket, continuation))
                return state.nextTicket
            }
            guard let ticket else { return continuation.resume(returning: true) }
            Task { [self] in
                try? await Task.sleep(for: waitLimit)
                giveUp(ticket)
            }
        }
    }

    /// Gives a place back, to who has waited longest.
    func release() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
        }
        waiter?.resume(returning: false)
    }
}
