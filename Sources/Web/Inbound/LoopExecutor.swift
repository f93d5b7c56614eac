internal import NIOCore

/// Runs tasks on the thread of an event loop.
///
/// What a client asks for is then answered on the thread that reads from it and writes to it; on the pool of threads
/// that is there else, every request would wait four times for another thread to wake up. What blocks for long must not
/// run here.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
