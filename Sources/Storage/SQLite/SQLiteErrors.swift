internal import GRDB

/// Turns SQLite's errors into ours; other errors pass.
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
                .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL,
                // Also what a page is that the disk could not give back.
                .SQLITE_CORRUPT, .SQLITE_NOTADB:
                self = .unavailable(error.message ?? error.resultCode.description)
            default: self = .rejected(code: error.extendedResultCode.rawValue.description)
            }
        }
    }
}
