internal import GRDB
internal import Glibc
internal import Synchronization

/// Whether what is written still reaches the disk.
///
/// After a failed fsync nobody can tell: the kernel forgets what it could not write and says so once, and the next fsync
/// succeeds without it. Nothing more is written then before somebody has looked at the disk and starts the process again.
final class DiskFault: Sendable {
    private let fault = Mutex<String?>(nil)
    private let tell: @Sendable (String) -> Void

    /// `tell` gets a sentence for the operator, once.
    init(tell: @escaping @Sendable (String) -> Void) { self.tell = tell }

    /// Throws `StorageError.unavailable` once the disk has failed.
    func check() throws {
        if let fault = fault.withLock({ $0 }) { throw StorageError.unavailable(fault) }
    }

    /// Runs statements of the connection that writes, turns their errors into ours, and notes those of the disk.
    func watching<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError {
            // As the call that failed on this thread left it: what sqlite3_system_errno() tells, COMMIT does not set.
            note(error.extendedResultCode.rawValue, systemError: errno)
            throw StorageError(error)
        }
    }

    func note(_ code: Int32, systemError number: Int32) {
        guard Self.isFatal(code, systemError: number) else { return }
        let reason = "the disk failed (SQLite error \(code), \(String(cString: strerror(number))))"
        let isFirst = fault.withLock { fault in
            defer { fault = fault ?? reason + ": nothing is written before a restart" }
            return fault == nil
        }
        guard isFirst else { return }
        tell("\(reason), and nobody knows what it holds: nothing more is written. Look at the disk, then start again")
    }

    /// A disk that has no room, or a limit on the size of files, is a passing trouble unless it comes up at an fsync.
    static func isFatal(_ code: Int32, systemError number: Int32) -> Bool {
        switch ResultCode(rawValue: code) {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC: true
        case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_TRUNCATE: ![ENOSPC, EDQUOT, EFBIG].contains(number)
        default: false
        }
    }
}
