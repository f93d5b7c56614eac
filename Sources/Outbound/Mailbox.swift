import Synchronization

/// What callers hand to the curl thread.
///
/// The thread is woken under the lock and only while the mailbox is open. So once the thread took the last mail and
/// saw the mailbox closed, nobody touches the multi handle any more and it can be freed.
final class Mailbox: Sendable {
    enum Mail: Sendable {
        case start(Job)
        case cancel(Job)
    }

    private enum Phase {
        case open
        case closed
        case ended
    }

    private struct State {
        var phase = Phase.open
        var mail: [Mail] = []
        var unfinished = 0
        var running = 0
        var endWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let wake: @Sendable () -> Void

    init(capacity: Int, wake: @escaping @Sendable () -> Void) {
        self.capacity = capacity
        self.wake = wake
    }

    /// Accepts a job, or says why not.
    func post(_ job: Job) -> TransportError? {
        state.withLock { state in
            guard state.phase == .open else { return .shutDown }
            guard state.unfinished < capacity else { return .overloaded }
            state.unfinished += 1
            deliver(.start(job), to: &state)
            return nil
        }
    }

    /// How many jobs run and how many wait to.
    var load: (running: Int, waiting: Int) {
        state.withLock { ($0.running, max(0, $0.unfinished - $0.running)) }
    }

    func cancel(_ job: Job) {
        job.cancel()
        state.withLock { state in
            if state.phase == .open { deliver(.cancel(job), to: &state) }
        }
    }

    /// Accepts no more jobs and asks the thread to end.
    func close() {
        state.withLock { state in
            guard state.phase == .open else { return }
            state.phase = .closed
            wake()
        }
    }

    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.phase != .ended { state.endWaiters.append(continuation) }
                return state.phase == .ended
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func deliver(_ mail: Mail, to state: inout State) {
        state.mail.append(mail)
        if state.mail.count == 1 { wake() }
    }
}

/// The curl thread's side.
extension Mailbox {
    func take() -> (mail: [Mail], isOpen: Bool) {
        state.withLock { state in
            defer { state.mail = [] }
            return (state.mail, state.phase == .open)
        }
    }

    /// Notes how many of the jobs run now.
    func jobsRun(_ count: Int) {
        state.withLock { $0.running = count }
    }

    func jobFinished() {
        state.withLock { $0.unfinished -= 1 }
    }

    func threadEnds() {
        let waiters = state.withLock { state in
            state.phase = .ended
            return state.endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
