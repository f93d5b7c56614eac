internal import GRDB
internal import Synchronization

/// Collects writes that wait at the same time and commits them together: one transaction, one fsync, many answers.
///
/// One that throws leaves nothing and does not disturb the others: the transaction starts again, with a savepoint for
/// each.
final class GroupCommit: Sendable {
    private let writer: DatabaseQueue
    private let disk: DiskFault
    private let observe: @Sendable (Commit) -> Void
    private let state = Mutex(State())

    private struct State {
        var waiting: [Write] = []
        var isDraining = false
    }

    private struct Write: Sendable {
        /// Runs inside the transaction; what it returns is called after the commit, with the error if that failed.
        let run: @Sendable (GRDB.Database, _ inSavepoint: Bool) -> (finish: Finish, hasThrown: Bool)
        /// Called instead, where the transaction did not get that far.
        let fail: @Sendable (any Error) -> Void
    }

    private typealias Finish = ((any Error)?) -> Void

    init(writer: DatabaseQueue, disk: DiskFault, observe: @escaping @Sendable (Commit) -> Void) {
        self.writer = writer
        self.disk = disk
        self.observe = observe
    }

    /// How many wait for the transaction before theirs.
    var waiting: Int { state.withLock { $0.waiting.count } }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let write = Write(
                run: { [disk] database, inSavepoint in
                    let result = Result { try GroupCommit.run(body, database, disk, inSavepoint: inSavepoint) }
                    let finish: Finish = { continuation.resume(with: $0.map(Result.failure) ?? result) }
                    guard case .success = result else { return (finish, true) }
                    return (finish, false)
                },
                fail: { continuation.resume(throwing: $0) }
            )
            enqueue(write)
        }
    }

    private func enqueue(_ write: Write) {
        let mustStart = state.withLock { state in
            state.waiting.append(write)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { writer.asyncWriteWithoutTransaction { self.drain($0) } }
    }

    private func drain(_ database: GRDB.Database) {
        while let writes = nextGroup() { commit(writes, database) }
    }

    private func nextGroup() -> [Write]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    private func commit(_ writes: [Write], _ database: GRDB.Database) {
        var finishes: [Finish] = []
        let start = ContinuousClock.now
        do {
            try disk.check()
            try disk.watching {
                finishes = try run(writes, database)
                // A full disk makes SQLite roll the whole transaction back by itself.
                guard database.isInsideTransaction else { throw Self.rolledBack }
                try disk.check()
                try database.commit()
            }
            observe(Commit(writes: writes.count, duration: .now - start))
            for finish in finishes { finish(nil) }
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            for finish in finishes { finish(error) }
            for write in writes[finishes.count...] { write.fail(error) }
        }
    }

    /// Begins a transaction and runs all in it; again with savepoints where one throws, which is seldom.
    private func run(_ writes: [Write], _ database: GRDB.Database) throws -> [Finish] {
        for inSavepoints in writes.count > 1 ? [false, true] : [true] {
            try database.beginTransaction(.immediate)
            var finishes: [Finish] = []
            for write in writes {
                let (finish, hasThrown) = write.run(database, inSavepoints)
                guard inSavepoints || !hasThrown else { break }
                finishes.append(finish)
            }
            guard finishes.count < writes.count else { return finishes }
            if database.isInsideTransaction { try database.rollback() }
        }
        throw Self.rolledBack
    }

    private static let rolledBack = StorageError.unavailable("the transaction was rolled back: the disk may be full")

    private static func run<Value>(
        _ body: (Transaction) throws -> Value,
        _ database: GRDB.Database,
        _ disk: DiskFault,
        inSavepoint: Bool
    ) throws -> Value {
        try disk.watching {
            guard database.isInsideTransaction else { throw Self.rolledBack }
            let transaction = Transaction(connection: SQLiteConnection(database: database, disk: disk))
            guard inSavepoint else { return try body(transaction) }
            var value: Value?
            try database.inSavepoint {
                value = try body(transaction)
                return .commit
            }
            guard let value else { throw Self.rolledBack }
            return value
        }
    }
}
