internal import CPostgres
internal import Foundation

/// A connection to PostgreSQL; all that waits for the server happens on its own queue.
///
/// It has one user at a time, who works on `queue`; that is why it may pass between threads.
final class PostgresConnection: @unchecked Sendable {
    private let queue = DispatchQueue(label: "postgres")
    let handle: OpaquePointer
    /// One of so many that two transactions seldom have the same.
    let lane = Int.random(in: 0..<64)
    /// The names of the prepared statements, by their text.
    var prepared: [String: String] = [:]
    /// How long one answer may take, in seconds: a little more than the server allows itself.
    var patience = 15.0
    /// Whether the transaction that failed did nothing and may be tried again.
    private(set) var mayRetry = false
    /// Whether nobody else should get this connection.
    private(set) var isSpent = false
    private var isFinished = false

    /// Connects, which blocks; throws `StorageError.unavailable`.
    init(_ address: PostgresAddress) throws {
        handle = try Self.connect(address)
        try setUp()
    }

    deinit { finish() }

    /// Ends the connection; it must not be at work, and is not used again.
    func finish() {
        guard !isFinished else { return }
        isFinished = true
        PQfinish(handle)
    }

    /// Runs work on the queue.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work(self) }) }
        }
    }

    /// Runs statements that each stand alone, and only read.
    func reading<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        mayRetry = false
        do { return try body(Transaction(connection: self)) } catch {
            noteFailure(error, isHarmless: true)
            throw error
        }
    }

    /// Runs a body between BEGIN and COMMIT.
    func inTransaction<Value>(
        _ begin: String = "BEGIN READ WRITE",
        _ body: (Transaction) throws -> Value
    ) throws -> Value {
        mayRetry = false
        var isCommitting = false
        do {
            try command(begin)
            let value = try body(Transaction(connection: self))
            isCommitting = true
            // After a failed statement the server answers a COMMIT by rolling back.
            guard try command("COMMIT") == "COMMIT" else {
                throw StorageError.unavailable("the transaction was rolled back")
            }
            return value
        } catch {
            noteFailure(error, isHarmless: !isCommitting)
            if !isSpent, PQtransactionStatus(handle) != PQTRANS_IDLE, (try? command("ROLLBACK")) == nil {
                isSpent = true
            }
            throw error
        }
    }

    /// A lost connection may be replaced and the work repeated, unless the commit may have been carried out.
    private func noteFailure(_ error: any Error, isHarmless: Bool) {
        if PQstatus(handle) != CONNECTION_OK {
            isSpent = true
            mayRetry = isHarmless
        } else if error is PostgresConflict {
            mayRetry = true
        } else {
            switch error as? StorageError {
            case .unavailable?, .rejected?: isSpent = true
            default: break
            }
        }
    }
}
