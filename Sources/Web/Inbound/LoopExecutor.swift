internal import NIOCore

/// Runs tasks on the thread of an event loop.
///
/// What a client asks for is then answered on the thread that reads from it and writes to it; on the pool of threads
/// that is there else, every request would wait four times for another thread to wake up. What blocks for long must not
/// run here.
final class LoopExecutor: TaskExecutor {
    let loop: any EventLoop
    /// Of the thread of the loop alone.
    private let runsHere: NIOLoopBoundBox<Bool>

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
            job.runSynchronously(on: asUnownedTaskExecutor())
        } else {
            loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}
