internal import Foundation
internal import Synchronization

/// Holds a lock file for as long as this process uses the database, so that no second one writes beside it.
final class InstanceLock: Sendable {
    private let descriptor: Mutex<Int32>

    init(path: String) throws {
        let opened = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw DatabaseOpenError(
                path: path,
                reason: "the lock file cannot be written: \(String(cString: strerror(errno)))"
            )
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw DatabaseInUseError(path: String(path.dropLast(".lock".count)))
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }
}

/// Another process uses the database file.
public struct DatabaseInUseError: Error, CustomStringConvertible {
    public let path: String

    public var description: String { "the database \(path) is in use by another connect-portal process" }
}
