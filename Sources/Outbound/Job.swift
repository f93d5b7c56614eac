import Synchronization

/// A request on its way through the engine, and the caller who waits for its end.
///
/// Jobs are the only thing that crosses between the callers' tasks and the curl thread.
final class Job: Sendable {
    typealias Outcome = Result<OutboundResponse, TransportError>

    let request: OutboundRequest
    let url: OutboundURL
    let headerLines: [String]
    let deadline: ContinuousClock.Instant

    private let cancellation = Atomic(false)
    private let waiter = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

    /// Refuses what must never reach C.
    init(_ request: OutboundRequest, policy: AddressPolicy) throws(TransportError) {
        url = try OutboundURL(request.url)
        if request.unixSocketPath == nil, !policy.allows(url.scheme) { throw .addressNotAllowed }
        if let path = request.unixSocketPath, path.isEmpty || path.utf8.contains(0) { throw .invalidURL }
        headerLines = try Self.headerLines(of: request)
        self.request = request
        deadline = .now + request.limits.timeout
    }

    /// What shares connections with it.
    var lane: String { request.unixSocketPath ?? "\(url.host):\(url.port)" }

    var isCancelled: Bool { cancellation.load(ordering: .acquiring) }

    func cancel() { cancellation.store(true, ordering: .releasing) }

    func attach(_ continuation: CheckedContinuation<Outcome, Never>) {
        waiter.withLock { $0 = continuation }
    }

    /// Resumes the caller; only the first outcome counts.
    func finish(_ outcome: Outcome) {
        waiter.withLock { $0.take() }?.resume(returning: outcome)
    }

    private static func headerLines(of request: OutboundRequest) throws(TransportError) -> [String] {
        var lines: [String] = []
        for (name, value) in request.headers {
            guard let line = HeaderField.line(name: name, value: value) else { throw .invalidHeader(name: name) }
            lines.append(line)
        }
        // A name with nothing behind the colon stops libcurl from adding the field on its own.
        let names = Set(request.headers.map { $0.name.lowercased() })
        for name in ["content-type", "expect"] where !names.contains(name) { lines.append("\(name):") }
        return lines
    }
}
