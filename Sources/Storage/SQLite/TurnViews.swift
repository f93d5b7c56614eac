internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import Synchronization

/// One view of the data for all reads of a turn of an event loop: SQLite locks its log for the first and lets go of it
/// after the last, which else takes as long for each as the reading.
///
/// A commit of this process ends the view, so nobody reads what was true before a write that has returned. While the log
/// is long there are no views: whoever reads nearly all the time would keep it from being copied back and begun anew.
final class TurnViews: Sendable {
    /// Runs a closure on this thread at the end of its turn; false on a thread without turns.
    typealias AtEnd = @Sendable (@escaping @Sendable () -> Void) -> Bool
    /// Of pages in the log, at which SQLite begins to copy them back by itself.
    static let longLog: Int32 = 1000

    private let atEnd: AtEnd
    private let borrow: @Sendable () throws -> DatabaseQueue
    private let giveBack: @Sendable (DatabaseQueue) -> Void
    private let views = Mutex<[pthread_t: View]>([:])
    private let commits = Atomic<Int>(0)
    private let isLogLong = Atomic<Bool>(false)

    private struct View: Sendable {
        let reader: DatabaseQueue
        let commits: Int
    }

    init(
        atEnd: @escaping AtEnd,
        borrow: @escaping @Sendable () throws -> DatabaseQueue,
        giveBack: @escaping @Sendable (DatabaseQueue) -> Void
    ) {
        self.atEnd = atEnd
        self.borrow = borrow
        self.giveBack = giveBack
    }

    /// Looks at the log with each commit of the writing connection, in the place of SQLite's own hook, which did no more
    /// than what this does first.
    func watch(_ writer: GRDB.Database) {
        let hook: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
            views,
            connection,
            name,
            pages in
            if pages >= TurnViews.longLog {
                sqlite3_wal_checkpoint_v2(connection, name, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            }
            guard let views else { return SQLITE_OK }
            Unmanaged<TurnViews>.fromOpaque(views).takeUnretainedValue().noteCommit(pages)
            return SQLITE_OK
        }
        sqlite3_wal_hook(writer.sqliteConnection, hook, Unmanaged.passUnretained(self).toOpaque())
    }

    private func noteCommit(_ pages: Int32) {
        commits.add(1, ordering: .sequentiallyConsistent)
        isLogLong.store(pages >= Self.longLog, ordering: .relaxed)
    }

    /// The reader whose view this turn has, begun now if need be; nothing where there is none.
    func reader() throws -> DatabaseQueue? {
        guard !isLogLong.load(ordering: .relaxed) else { return nil }
        let (thread, commits) = (pthread_self(), commits.load(ordering: .sequentiallyConsistent))
        if let view = views.withLock({ $0[thread] }) {
            if view.commits == commits { return view.reader }
            end()
            return try begin(View(reader: borrow(), commits: commits))
        }
        guard atEnd({ self.end() }) else { return nil }
        return try begin(View(reader: borrow(), commits: commits))
    }

    private func begin(_ view: View) throws -> DatabaseQueue {
        do { try view.reader.unsafeRead { try $0.cachedStatement(sql: "BEGIN").execute() } } catch {
            giveBack(view.reader)
            throw error
        }
        views.withLock { $0[pthread_self()] = view }
        return view.reader
    }

    /// Ends the view of this thread, if it has one.
    func end() {
        guard let view = views.withLock({ $0.removeValue(forKey: pthread_self()) }) else { return }
        // What fails here was only read.
        try? view.reader.unsafeRead { if $0.isInsideTransaction { try $0.cachedStatement(sql: "COMMIT").execute() } }
        giveBack(view.reader)
    }
}
