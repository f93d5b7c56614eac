internal import GRDB
internal import Glibc
internal import Synchronization

/// One view of the data for all reads of a turn of an event loop: SQLite locks its log for the first and lets go of it
/// after the last, which else takes as long for each as the reading.
///
/// A commit of this process ends the view, so nobody reads what was true before a write that has returned. While a long
/// log cannot be copied back there are no views: whoever reads nearly all the time would keep it from that for good.
final class TurnViews: Sendable {
    /// Runs a closure on this thread at the end of its turn; false on a thread without turns.
    typealias AtEnd = @Sendable (@escaping @Sendable () -> Void) -> Bool

    private let atEnd: AtEnd
    private let borrow: @Sendable () throws -> DatabaseQueue
    private let giveBack: @Sendable (DatabaseQueue) -> Void
    private let views = Mutex<[pthread_t: View]>([:])
    private let log: LogWatch

    private struct View: Sendable {
        let reader: DatabaseQueue
        let commits: Int
    }

    init(
        _ log: LogWatch,
        atEnd: @escaping AtEnd,
        borrow: @escaping @Sendable () throws -> DatabaseQueue,
        giveBack: @escaping @Sendable (DatabaseQueue) -> Void
    ) {
        self.log = log
        self.atEnd = atEnd
        self.borrow = borrow
        self.giveBack = giveBack
    }

    /// The reader whose view this turn has, begun now if need be; nothing where there is none.
    func reader() throws -> DatabaseQueue? {
        guard !log.isLogStuck else { return nil }
        let commits = log.commits
        if let view = views.withLock({ $0[pthread_self()] }) {
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
