internal import Foundation
internal import Synchronization

/// PostgreSQL through libpq: a bounded pool of connections, each used by one reader or one transaction at a time.
///
/// Transactions run at READ COMMITTED; what must hold among them is in conditional updates and unique keys.
final class PostgresEngine: Engine {
    let isShared = true
    private let address: PostgresAddress
    private let slots: Slots
    private let count: Int
    private let observe: @Sendable (Commit) -> Void
    private let idle = Mutex<[PostgresConnection]>([])
    private let hasClosed = Atomic(false)
    private var isClosed: Bool { hasClosed.load(ordering: .sequentiallyConsistent) }
    /// How long a request waits for a connection.
    private static let waitLimit = Duration.seconds(5)
    private static let attempts = 3

    /// Connects once, to know that it can.
    init(_ address: PostgresAddress, connections: Int, observe: @escaping @Sendable (Commit) -> Void) throws {
        self.address = address
        self.observe = observe
        count = connections
        slots = Slots(connections, waitLimit: Self.waitLimit)
        do { idle.withLock { [first = try PostgresConnection(address)] in $0.append(first) } } catch {
            throw DatabaseOpenError(path: address.description, reason: Self.reason(error))
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await withConnection { try $0.reading(body) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await withConnection { [observe] connection in
            let start = ContinuousClock.now
            let value = try connection.inTransaction { try body($0) }
            observe(Commit(writes: 1, duration: .now - start))
            return value
        }
    }

    /// Holds a lock for as long as its connection lives, and sees the data as it was once it had the lock.
    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        let connection = try PostgresConnection(address)
        try connection.waitForever()
        try connection.command("SELECT pg_advisory_lock(\(Self.lockNumber))")
        return try connection.inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", body)
    }

    /// The cluster and the database in it: what was dumped and restored is another.
    func place() async throws -> String {
        try await read { transaction in
            let place = try transaction.first(
                """
                SELECT CAST(system_identifier AS TEXT), CAST(oid AS BIGINT) FROM pg_control_system(), pg_database
                WHERE datname = current_database()
                """
            ) { row in "cluster \(try row[0] as String) database \(try row[1] as Int)" }
            guard let place else { throw StorageError.unavailable("the database has no number") }
            return place
        }
    }

    var load: DatabaseLoad {
        let use = slots.use
        return DatabaseLoad(waiting: use.waiting, connectionsInUse: use.taken)
    }

    /// "connect" in ASCII, to be unlike the numbers that others choose.
    private static let lockNumber = 0x63_6F_6E_6E_65_63_74

    /// A program that ends while a connection is at work crashes in OpenSSL, which cleans up at the end.
    func close() async {
        hasClosed.store(true, ordering: .sequentiallyConsistent)
        for _ in 0..<count { guard await slots.take() else { break } }
        idle.withLock { idle in
            for connection in idle { connection.finish() }
            idle = []
        }
    }

    /// Runs work on a connection; work that did nothing, because its connection was dead or another transaction was in
    /// its way, is run again.
    private func withConnection<Value: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        for attempt in 1... {
            guard !isClosed, await slots.take() else {
                guard !isClosed else { throw Self.closed }
                throw StorageError.unavailable("none of \(count) connections became free in \(Self.waitLimit)")
            }
            defer { slots.release() }
            guard !isClosed else { throw Self.closed }
            let connection = try await takeConnection()
            do {
                let value = try await connection.perform(work)
                putBack(connection)
                return value
            } catch {
                let mayRetry = connection.mayRetry && attempt < Self.attempts
                putBack(connection)
                if !mayRetry { throw error is PostgresConflict ? Self.conflict : error }
            }
        }
        throw Self.conflict
    }

    private static let closed = StorageError.unavailable("the program is ending")
    private static let conflict = StorageError.unavailable("other transactions were in the way")

    /// The idle one used last, so that those that are not needed stay idle; else a new one.
    private func takeConnection() async throws -> PostgresConnection {
        if let connection = idle.withLock({ $0.popLast() }) { return connection }
        // Connecting blocks, so not on this thread.
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "postgres-connect").async { [address] in
                continuation.resume(with: Result { try PostgresConnection(address) })
            }
        }
    }

    /// Where one connection was lost, those that were idle meanwhile are most likely gone, too.
    private func putBack(_ connection: PostgresConnection) {
        idle.withLock { idle in
            guard connection.isSpent else { return idle.append(connection) }
            for lost in idle + [connection] { lost.finish() }
            idle = []
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard case .unavailable(let reason)? = error as? StorageError else { return "\(error)" }
        return reason
    }
}
