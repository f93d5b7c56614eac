internal import GRDB

/// What can go wrong in storage and matters to a caller.
public enum StorageError: Error, Sendable, Equatable {
    /// The engine cannot serve now: locked, full, unreachable. Try again later.
    case unavailable
    /// A row of this key exists already.
    case duplicate
    /// A row refers to one that does not exist.
    case dangling
    /// A stored value is not what this version writes.
    case corrupt(column: Int)
    /// A statement is wrong; a fault of ours.
    case rejected(code: Int32)
}

/// Turns the engine's errors into ours; other errors pass.
func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as DatabaseError { throw StorageError(error) }
}

extension StorageError {
    init(_ error: DatabaseError) {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: self = .duplicate
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .dangling
        default:
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY,
                .SQLITE_NOMEM,
                .SQLITE_INTERRUPT, .SQLITE_PROTOCOL:
                self = .unavailable
            default: self = .rejected(code: error.extendedResultCode.rawValue)
            }
        }
    }
}
