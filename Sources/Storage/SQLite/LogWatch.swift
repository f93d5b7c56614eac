internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// What the writing connection tells of its log with each commit.
///
/// Takes the place of SQLite's own hook, which only copies a long log back.
final class LogWatch: Sendable {
    /// Of pages in the log, from which on each commit copies back what it can.
    static let longLog: Int32 = 1000

    private let writer: DatabaseQueue
    private let count = Atomic<Int>(0)
    private let isStuck = Atomic<Bool>(false)

    init(_ writer: DatabaseQueue) {
        self.writer = writer
        set { watch, connection, name, pages in
            var (inLog, copied): (Int32, Int32) = (0, 0)
            if pages >= LogWatch.longLog {
                sqlite3_wal_checkpoint_v2(connection, name, SQLITE_CHECKPOINT_PASSIVE, &inLog, &copied)
            }
            guard let watch else { return SQLITE_OK }
            Unmanaged<LogWatch>.fromOpaque(watch).takeUnretainedValue().note(left: inLog - copied)
            return SQLITE_OK
        }
    }

    /// Writes that were under way when the engine was let go may come to their commit later.
    deinit { set(nil) }

    /// How many commits there were.
    var commits: Int { count.load(ordering: .sequentiallyConsistent) }

    /// Whether a long log could not be copied back, because somebody still read from it.
    var isLogStuck: Bool { isStuck.load(ordering: .relaxed) }

    private func note(left: Int32) {
        count.add(1, ordering: .sequentiallyConsistent)
        isStuck.store(left > 0, ordering: .relaxed)
    }

    private typealias Hook =
        @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32

    private func set(_ hook: Hook?) {
        let place = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())
        writer.unsafeReentrantWrite { database in
            guard let connection = database.sqliteConnection else { return }
            sqlite3_wal_hook(connection, hook, UnsafeMutableRawPointer(bitPattern: place))
        }
    }
}
