import CCurl
import Logging

/// The loop of the curl thread: takes mail, starts what may run, lets libcurl work, hands out what ended.
struct Engine {
    private let multi: Multi
    private let mailbox: Mailbox
    private let policy: AddressPolicy
    private let settings: TransferSettings
    private let logger: Logger

    private var bulkhead: Bulkhead<Job>
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    init(
        multi: Multi,
        mailbox: Mailbox,
        policy: AddressPolicy,
        settings: TransferSettings,
        bulkhead: Bulkhead<Job>,
        logger: Logger
    ) {
        self.multi = multi
        self.mailbox = mailbox
        self.policy = policy
        self.settings = settings
        self.bulkhead = bulkhead
        self.logger = logger
    }

    mutating func run() {
        while true {
            let (mail, isOpen) = mailbox.take()
            for item in mail { handle(item) }
            guard isOpen else { break }
            dropOverdue()
            while let job = bulkhead.admit() { start(job) }
            let works = multi.perform()
            finishEnded()
            mailbox.jobsRun(running.count)
            // Soon again while someone waits, since waiting jobs have deadlines that libcurl does not know.
            if !works || !multi.poll(atMost: bulkhead.isAnyoneWaiting ? 100 : 1000) {
                logger.critical("libcurl failed, no outbound request is possible any more")
                mailbox.close()
            }
        }
        for job in bulkhead.removeWaiting(where: { _ in true }) { finish(job, .failure(.shutDown)) }
        for transfer in running.values { end(transfer, .failure(.shutDown)) }
        multi.free()
        mailbox.threadEnds()
    }

    private mutating func handle(_ mail: Mailbox.Mail) {
        switch mail {
        case .start(let job) where job.isCancelled: finish(job, .failure(.cancelled))
        case .start(let job): bulkhead.enqueue(job, host: job.lane)
        case .cancel(let job): cancel(job)
        }
    }

    private mutating func cancel(_ job: Job) {
        if let transfer = running.values.first(where: { $0.job === job }) {
            end(transfer, .failure(.cancelled))
        } else if let job = bulkhead.removeWaiting(where: { $0 === job }).first {
            finish(job, .failure(.cancelled))
        }
    }

    private mutating func dropOverdue() {
        guard bulkhead.isAnyoneWaiting else { return }
        let now = ContinuousClock.now
        for job in bulkhead.removeWaiting(where: { $0.deadline <= now }) { finish(job, .failure(.overloaded)) }
    }

    private mutating func start(_ job: Job) {
        do throws(TransportError) {
            let transfer = try Transfer(job, policy: policy)
            do throws(TransportError) {
                try transfer.configure(settings)
                try multi.add(transfer.easy)
            } catch {
                transfer.free()
                throw error
            }
            running[transfer.easy.raw] = transfer
        } catch {
            bulkhead.release(host: job.lane)
            finish(job, .failure(error))
        }
    }

    private mutating func finishEnded() {
        while let (easy, code) = multi.nextEnded() {
            guard let transfer = running[easy] else { continue }
            end(transfer, transfer.outcome(code))
        }
    }

    private mutating func end(_ transfer: Transfer, _ outcome: Job.Outcome) {
        running[transfer.easy.raw] = nil
        multi.remove(transfer.easy)
        if case .failure(let error) = outcome, error != .cancelled { log(error, of: transfer) }
        transfer.free()
        bulkhead.release(host: transfer.job.lane)
        finish(transfer.job, outcome)
    }

    private func log(_ error: TransportError, of transfer: Transfer) {
        var metadata: Logger.Metadata = [
            "host": "\(transfer.job.lane)", "error": "\(error)", "reason": "\(transfer.reason)",
        ]
        if let address = transfer.refusedAddress { metadata["refused_address"] = "\(address)" }
        logger.info("Outbound request failed", metadata: metadata)
    }

    private func finish(_ job: Job, _ outcome: Job.Outcome) {
        mailbox.jobFinished()
        job.finish(outcome)
    }
}
