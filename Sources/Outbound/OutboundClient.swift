public import Logging
public import ServiceLifecycle
import Glibc
import Synchronization

/// Sends HTTP requests to other servers; the only door through which the portal talks to the world.
///
/// One thread drives all transfers with libcurl's multi interface. It ends only through `shutDown()` or a service
/// group, which must happen before `main` returns: OpenSSL cleans up at exit and must not meet a running transfer.
public final class OutboundClient: Service, Sendable {
    private let policy: AddressPolicy
    private let mailbox: Mailbox
    private let thread: Mutex<EngineThread?>

    /// Starts the curl thread.
    ///
    /// - Parameters:
    ///   - policy: Which addresses may be connected to.
    ///   - caFile: PEM file with the only certificates to trust; the system's when nil.
    ///   - userAgent: The `User-Agent` of every request.
    ///   - maxConnectionsPerHost: How many requests run at once against one host and port.
    ///   - maxConnections: How many requests run at once in total.
    ///   - maxQueued: How many more may wait; above it `execute` throws `overloaded`.
    ///   - logger: Hears of failed exchanges: the host and the reason, never the request.
    /// - Throws: `misconfigured` for an unreadable CA file, or when libcurl does not start.
    public init(
        policy: AddressPolicy,
        caFile: String? = nil,
        userAgent: String = "connect-portal",
        maxConnectionsPerHost: Int = 8,
        maxConnections: Int = 64,
        maxQueued: Int = 4096,
        logger: Logger = Logger(label: "outbound")
    ) throws(TransportError) {
        if let caFile, access(caFile, R_OK) != 0 { throw .misconfigured(setting: "CAINFO") }
        let multi = try Multi(maxConnections: maxConnections)
        let mailbox = Mailbox(capacity: maxConnections + maxQueued) { multi.wake() }
        self.policy = policy
        self.mailbox = mailbox
        thread = Mutex(
            try EngineThread {
                var engine = Engine(
                    multi: multi,
                    mailbox: mailbox,
                    policy: policy,
                    settings: TransferSettings(userAgent: userAgent, caFile: caFile),
                    bulkhead: Bulkhead(maxPerHost: maxConnectionsPerHost, maxTotal: maxConnections),
                    logger: logger
                )
                engine.run()
            }
        )
    }

    /// Sends a request and waits for the whole response; cancelling the task stops the transfer at once.
    public func execute(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        try await perform(try Job(request, policy: policy))
    }

    /// How many requests run at this moment, and how many wait for a place.
    public var load: (running: Int, waiting: Int) { mailbox.load }

    /// Hands a job to the thread and waits for its end.
    func perform(_ job: Job) async throws(TransportError) -> OutboundResponse {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.attach(continuation)
                if let refusal = mailbox.post(job) { job.finish(.failure(refusal)) }
            }
        } onCancel: {
            mailbox.cancel(job)
        }
        return try outcome.get()
    }

    /// Runs until the service group shuts down, or until the thread ends by itself because libcurl failed.
    public func run() async {
        await withTaskCancellationOrGracefulShutdownHandler {
            await threadEnd()
        } onCancelOrGracefulShutdown: { [mailbox] in
            mailbox.close()
        }
    }

    /// Ends the thread; whoever still waits for a response gets `shutDown`.
    public func shutDown() async {
        mailbox.close()
        await threadEnd()
    }

    private func threadEnd() async {
        await mailbox.waitForEnd()
        thread.withLock { $0.take() }?.join()
    }
}
