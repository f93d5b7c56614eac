internal import NIOCore
internal import Synchronization

/// Runs tasks on the thread of an event loop.
///
/// What a client asks for is then answered on the thread that reads from it and writes to it; on the pool of threads
/// that is there else, every request would wait four times for another thread to wake up. What blocks for long must not
/// run here.
final class LoopExecutor: TaskExecutor {
    let loop: any EventLoop
    /// What goes on when the loop comes round to it; one commit lets many requests go on at once.
    private let waiting = Mutex<[UnownedJob]>([])
    /// Of the thread of the loop alone.
    private let runsHere: NIOLoopBoundBox<Bool>

    /// To be made on the thread of the loop.
    init(_ loop: any EventLoop) {
        self.loop = loop
        runsHere = NIOLoopBoundBox(false, eventLoop: loop)
    }

    /// Runs what the body resumes before this returns, and not when the loop comes round to it.
    func runningHere(_ body: () -> Void) {
        runsHere.value = true
        body()
        runsHere.value = false
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if loop.inEventLoop, runsHere.value {
            runsHere.value = false
            return job.runSynchronously(on: asUnownedTaskExecutor())
        }
        let isFirst = waiting.withLock { waiting in
            defer { waiting.append(job) }
            return waiting.isEmpty
        }
        if isFirst { loop.execute(runWaiting) }
    }

    @Sendable private func runWaiting() {
        let jobs = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

/// One executor for each event loop.
final class LoopExecutors: Sendable {
    private let executors = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    /// To be asked on the thread of the loop.
    func executor(of loop: any EventLoop) -> LoopExecutor {
        executors.withLock { executors in
            let executor = executors[ObjectIdentifier(loop)] ?? LoopExecutor(loop)
            executors[ObjectIdentifier(loop)] = executor
            return executor
        }
    }
}
