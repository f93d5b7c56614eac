/// What can go wrong in storage and matters to a caller.
public enum StorageError: Error, Sendable, Equatable {
    /// The engine cannot serve now, for a reason that the operator understands: locked, full, unreachable.
    ///
    /// Try again later.
    case unavailable(String)
    /// A row of this key exists already.
    case duplicate
    /// A row refers to one that does not exist.
    case dangling
    /// A stored value is not what this version writes.
    case corrupt(column: Int)
    /// A statement is wrong; a fault of ours. The code is the engine's.
    case rejected(code: String)
}
