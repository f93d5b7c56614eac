internal import Storage
internal import Synchronization

/// The exchanges under way, so that callbacks that arrive twice at the same moment share one and see one result.
final class RunningExchanges: Sendable {
    private let tasks = Mutex<[AuthorizationAttempt.ID: Task<Void, any Error>]>([:])

    /// Runs the work, or waits for the same work already running; the caller going away does not stop it.
    func run(_ id: AuthorizationAttempt.ID, _ work: @escaping @Sendable () async throws -> Void) async throws {
        let task = tasks.withLock { tasks in
            if let task = tasks[id] { return task }
            let task = Task.detached { [self] in
                defer { self.tasks.withLock { $0[id] = nil } }
                try await work()
            }
            tasks[id] = task
            return task
        }
        try await task.value
    }
}
