import Synchronization

/// An errand on its way through the engine, and the caller who waits for its end.
///
/// Jobs are the only thing that crosses between the callers' tasks and the curl thread.
final class Job: Sendable {
    typealias Outcome = Result<OutboundResponse, TransportError>

    let errand: Errand
    let deadline: ContinuousClock.Instant

    private let cancellation = Atomic(false)
    private let waiter = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

    convenience init(_ request: OutboundRequest, policy: AddressPolicy) throws(TransportError) {
        self.init(.exchange(try Exchange(request, policy: policy)))
    }

    convenience init(_ mail: OutboundMail, to server: MailServer, helloName: String) throws(TransportError) {
        self.init(.delivery(try Delivery(mail, to: server, helloName: helloName)))
    }

    private init(_ errand: Errand) {
        self.errand = errand
        deadline = .now + errand.limits.timeout
    }

    /// What shares connections with it.
    var lane: String { errand.lane }

    var isCancelled: Bool { cancellation.load(ordering: .acquiring) }

    func cancel() { cancellation.store(true, ordering: .releasing) }

    func attach(_ continuation: CheckedContinuation<Outcome, Never>) {
        waiter.withLock { $0 = continuation }
    }

    /// Resumes the caller; only the first outcome counts.
    func finish(_ outcome: Outcome) {
        waiter.withLock { $0.take() }?.resume(returning: outcome)
    }
}
